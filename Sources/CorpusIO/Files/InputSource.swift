import Essentials
import Foundation

/// Where a file's bytes are: on disk, or in an archive that was unpacked in memory.
struct InputSource: Sendable {
    enum Storage: Sendable {
        case file
        case memory(ArraySlice<UInt8>)
    }

    /// The path as the user knows it; of an archive's member, the archive's path and the member's.
    let path: String
    let storage: Storage

    /// The folder it was found in below the folder that was named, if it was; a format may have such folders.
    let subfolder: String?

    init(path: String, storage: Storage = .file, subfolder: String? = nil) {
        self.path = path
        self.storage = storage
        self.subfolder = subfolder
    }

    /// The file's name without folders.
    var name: String { InputFile.name(of: path) }

    /// The name's last ending in lower case, without the dot and a final `.gz`.
    var ending: String { InputFile.ending(of: name) }

    /// The ending and, where the name has two of formats, both: `con`, `txt.con`.
    var endings: [String] { InputFile.endings(of: name) }

    /// The name without the endings of formats.
    var stem: String { InputFile.stem(of: name) }

    /// The path without the name.
    var folder: String { String(path.dropLast(name.count)) }

    /// The file on disk that is called the same but for its ending, plain or gzip; nothing if there is none.
    ///
    /// A source in memory has nothing on disk beside it: its path is only a name.
    func beside(ending: String) -> InputSource? {
        guard case .file = storage else { return nil }
        return [".\(ending)", ".\(ending).gz"].map { folder + stem + $0 }
            .first { FileManager.default.fileExists(atPath: $0) }.map { InputSource(path: $0) }
    }

    /// The whole content.
    ///
    /// - Throws: ``FileError``, or ``CorpusError/tooLarge(file:limit:)``.
    func load(_ options: ReadOptions) throws -> InputFile {
        try InputFile(self, limit: options.maxFileBytes, encoding: options.encoding)
    }

    /// The whole content without decoding, for formats that say themselves how they are encoded.
    func loadUndecoded(_ options: ReadOptions) throws -> InputFile {
        options.encoding == nil ? try InputFile(undecoded: self, limit: options.maxFileBytes) : try load(options)
    }

    /// The content piece by piece.
    ///
    /// - Throws: ``FileError``.
    func stream(_ options: ReadOptions) throws -> ByteStream { try ByteStream(self, encoding: options.encoding) }

    /// The content line by line.
    ///
    /// - Throws: ``FileError``.
    func lines(_ options: ReadOptions) throws -> LineReader {
        LineReader(try stream(options), file: path, limit: options.maxFileBytes)
    }

    /// What the format is recognized by.
    ///
    /// - Throws: ``FileError``, ``CorpusError`` for damaged gzip data.
    func head(neighbours: Set<String>, encoding: TextEncoding?) throws -> FileHead {
        let stream = try ByteStream(self, encoding: encoding)
        var bytes: [UInt8] = []
        while bytes.count < 1 << 16, let piece = try stream.next() { bytes += piece.prefix((1 << 16) - bytes.count) }
        return FileHead(name: name, ending: ending, bytes: bytes, neighbours: neighbours)
    }
}
