internal import CNettle
import Foundation

/// SHA-256 digests of files, which identify the inputs of a run.
public enum Digest {
    /// The SHA-256 digest of `data`, 64 hexadecimal digits.
    public static func sha256(_ data: Data) -> String {
        var hash = SHA256()
        data.withUnsafeBytes { hash.update($0) }
        return hash.finished()
    }

    /// The SHA-256 digest of the file at `path`, read in pieces of a megabyte.
    ///
    /// - Throws: ``FileError`` when the file is missing or cannot be read.
    public static func sha256(fileAt path: String) throws -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw FileError.missing(path: path, hint: "") }
        defer { try? handle.close() }
        var hash = SHA256()
        do {
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
                piece.withUnsafeBytes { hash.update($0) }
            }
        } catch {
            throw FileError.unreadable(path: path, reason: error.localizedDescription)
        }
        return hash.finished()
    }

    /// One digest over the files below `folder` and their relative names, in the order of the names.
    public static func sha256(folderAt folder: String) throws -> String {
        guard let names = FileManager.default.subpaths(atPath: folder) else {
            throw FileError.missing(path: folder, hint: "")
        }
        var lines = ""
        for name in names.sorted() {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            lines += try "\(sha256(fileAt: "\(folder)/\(name)"))  \(name)\n"
        }
        return sha256(Data(lines.utf8))
    }
}

private struct SHA256 {
    private var context = sha256_ctx()

    init() { nettle_sha256_init(&context) }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        nettle_sha256_update(&context, bytes.count, base.assumingMemoryBound(to: UInt8.self))
    }

    mutating func finished() -> String {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
        nettle_sha256_digest(&context, digest.count, &digest)
        let digits = Array("0123456789abcdef")
        return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
