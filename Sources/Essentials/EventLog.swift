import Foundation

/// Appends one JSON object a line to a run's `log.jsonl`: step, loss, speed, score; never the text of a note.
public final class EventLog {
    private let path: String
    private let handle: FileHandle
    private let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    /// Opens the log at `path` for appending, making it if needed.
    ///
    /// - Throws: ``FileError/unwritable(path:reason:)``.
    public init(path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError.unwritable(path: path, reason: FileError.reason(errno)) }
        self.path = path
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Appends `event` as one line.
    ///
    /// - Throws: ``FileError/unwritable(path:reason:)`` when the disk is full.
    public func append(_ event: some Encodable) throws {
        do {
            try handle.write(contentsOf: encoder.encode(event) + Data("\n".utf8))
        } catch {
            throw FileError.unwritable(path: path, reason: error.localizedDescription)
        }
    }
}
