import Foundation

/// Writes whole files so that a reader never sees half of one: temporary name in the same folder, fsync, rename.
///
/// Files are readable by their owner only, because most of what clinner writes holds or is derived from patient text.
public enum AtomicFile {
    /// Writes `data` to `path`, replacing what stands there in one step.
    ///
    /// - Throws: ``FileError/unwritable(path:reason:)``; the old content then still stands and no temporary file is left.
    public static func write(_ data: Data, to path: String) throws {
        try write(to: path) { try $0.write(data) }
    }

    /// Writes `text` as UTF-8 to `path`, replacing what stands there in one step.
    public static func write(_ text: String, to path: String) throws {
        try write(Data(text.utf8), to: path)
    }

    /// Hands `body` a writer for a temporary file beside `path` and renames it to `path` when `body` returns.
    ///
    /// - Throws: what `body` throws, or ``FileError/unwritable(path:reason:)``; the old content then still stands.
    public static func write(to path: String, body: (FileWriter) throws -> Void) throws {
        let temporary = "\(path).\(getpid()).partial"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError.unwritable(path: path, reason: FileError.reason(errno)) }
        let writer = FileWriter(descriptor: descriptor, path: path)
        do {
            try body(writer)
            try writer.finish()
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        close(descriptor)
        guard rename(temporary, path) == 0 else {
            let reason = FileError.reason(errno)
            unlink(temporary)
            throw FileError.unwritable(path: path, reason: reason)
        }
        syncFolder(of: path)
    }

    /// Copies files, whose paths stand by their new names, into a folder.
    ///
    /// - Throws: ``FileError/missing(path:hint:)``, ``FileError/unwritable(path:reason:)``.
    public static func copy(_ files: [String: String], into folder: String) throws {
        for (name, path) in files.sorted(by: { $0.key < $1.key }) {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw FileError.missing(path: path, hint: "expected to copy it into \(folder)")
            }
            try write(data, to: "\(folder)/\(name)")
        }
    }

    /// Makes `path` a folder readable by its owner only, with everything above it, if it is not one yet.
    public static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw FileError.unwritable(path: path, reason: FileError.reason(errno))
        }
    }

    /// Replaces the folder at `path` by what `body` writes into a fresh folder, in one visible step.
    ///
    /// A crash between the two renames leaves the old folder under `path.old`; ``recoverFolder(_:)`` puts it back.
    public static func replaceFolder(_ path: String, body: (String) throws -> Void) throws {
        let fresh = "\(path).partial"
        let old = "\(path).old"
        let manager = FileManager.default
        try? manager.removeItem(atPath: fresh)
        try makeFolder(fresh)
        do {
            try body(fresh)
        } catch {
            try? manager.removeItem(atPath: fresh)
            throw error
        }
        syncFolder(of: "\(fresh)/.")
        recoverFolder(path)
        if manager.fileExists(atPath: path) {
            guard rename(path, old) == 0 else {
                throw FileError.unwritable(path: path, reason: FileError.reason(errno))
            }
        }
        guard rename(fresh, path) == 0 else {
            let reason = FileError.reason(errno)
            rename(old, path)
            throw FileError.unwritable(path: path, reason: reason)
        }
        syncFolder(of: path)
        try? manager.removeItem(atPath: old)
    }

    /// Puts back the folder that a crash in the middle of ``replaceFolder(_:body:)`` left under another name.
    public static func recoverFolder(_ path: String) {
        let manager = FileManager.default
        let old = "\(path).old"
        guard manager.fileExists(atPath: old) else { return }
        if manager.fileExists(atPath: path) {
            try? manager.removeItem(atPath: old)
        } else {
            rename(old, path)
        }
    }

    /// Makes a rename durable: the entry lives in the folder, which has its own write-back.
    private static func syncFolder(of path: String) {
        let folder = (path as NSString).deletingLastPathComponent
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
