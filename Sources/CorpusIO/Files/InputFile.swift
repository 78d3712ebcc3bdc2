import Essentials
import Foundation

/// A whole input file in memory, decompressed if it is gzip.
struct InputFile {
    /// The path as the user named it; messages use it.
    let path: String
    /// The content.
    let bytes: [UInt8]

    /// A file whose content is already here.
    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Reads the file at `path`; gzip is told by its first bytes, whatever the file is called.
    ///
    /// - Throws: ``FileError``, or ``CorpusError/tooLarge(file:limit:)`` above `limit` bytes.
    init(readingFrom path: String, limit: Int) throws {
        let raw = try Self.content(of: path, limit: limit)
        self.path = path
        bytes = raw.starts(with: [0x1f, 0x8b]) ? try Gzip.decompressed(raw, file: path, limit: limit) : raw
    }

    /// The file's name without folders.
    var name: String { Self.name(of: path) }

    /// The file's name without the endings of formats: what documents are called.
    var stem: String { Self.stem(of: name) }

    /// The content as text, without a byte order mark.
    ///
    /// - Throws: ``CorpusError/notUTF8(file:byte:)``.
    func text() throws -> String { try Self.text(bytes[contentStart...], offset: contentStart, file: path) }

    /// Whether the file begins with a UTF-8 byte order mark.
    var hasByteOrderMark: Bool { bytes.starts(with: [0xEF, 0xBB, 0xBF]) }

    /// Where the content begins, after a byte order mark.
    var contentStart: Int { hasByteOrderMark ? 3 : 0 }

    /// The text of some bytes of a file that begin at `offset`.
    ///
    /// - Throws: ``CorpusError/notUTF8(file:byte:)``.
    static func text(_ bytes: ArraySlice<UInt8>, offset: Int, file: String) throws -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        throw CorpusError.notUTF8(file: file, byte: offset + firstInvalid(in: bytes))
    }

    /// The offset within `bytes` at which UTF-8 breaks.
    private static func firstInvalid(in bytes: ArraySlice<UInt8>) -> Int {
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while case .valid(let scalar) = decoder.parseScalar(from: &iterator) { offset += scalar.count }
        return offset
    }

    static func name(of path: String) -> String { (path as NSString).lastPathComponent }

    /// A file's name without `.gz` and then without one ending of a known format: `901-01.v2` stays as it is.
    static func stem(of name: String) -> String {
        let name = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        let ending = name[name.index(after: dot)...].lowercased()
        let isKnown = CorpusFormat.allCases.contains { $0.extensions.contains(ending) }
        return isKnown ? String(name[..<dot]) : name
    }

    /// The ending that tells a file's format, in lower case, without the dot and a final `.gz`.
    static func ending(of name: String) -> String {
        let name = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
        return (name as NSString).pathExtension.lowercased()
    }

    private static func content(of path: String, limit: Int) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw FileError.missing(path: path, hint: "") }
            throw FileError.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw FileError.wrongKind(path: path, expected: "a file")
        }
        let size = Int(status.st_size)
        guard size <= limit else { throw CorpusError.tooLarge(file: path, limit: limit) }
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                count += got
            }
        }
        guard failure == 0 else {
            throw FileError.unreadable(path: path, reason: String(cString: strerror(failure)))
        }
        return bytes
    }
}
