import Essentials
import Foundation

/// A whole input file in memory, decompressed if it is gzip and decoded to UTF-8.
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

    /// Reads a source; gzip is told by its first bytes, whatever the file is called, and so is UTF-16, unless an
    /// encoding is given.
    ///
    /// - Throws: ``FileError``, or ``CorpusError/tooLarge(file:limit:)`` above `limit` bytes.
    init(_ source: InputSource, limit: Int, encoding: TextEncoding?) throws {
        let undecoded = try InputFile(undecoded: source, limit: limit)
        guard var decoder = TextDecoder(encoding, firstBytes: undecoded.bytes, file: source.path) else {
            self = undecoded
            return
        }
        path = source.path
        bytes = try decoder.decode(undecoded.bytes)
        _ = try decoder.finish()
    }

    /// Reads a source that says itself how it is encoded.
    ///
    /// - Throws: ``FileError``, or ``CorpusError/tooLarge(file:limit:)`` above `limit` bytes.
    init(undecoded source: InputSource, limit: Int) throws {
        let raw =
            switch source.storage {
            case .file: try Self.content(of: source.path, limit: limit)
            case .memory(let bytes): Array(bytes)
            }
        guard raw.count <= limit else { throw CorpusError.tooLarge(file: source.path, limit: limit) }
        path = source.path
        bytes = raw.starts(with: [0x1f, 0x8b]) ? try Inflater.inflated(raw, file: path, limit: limit) : raw
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

    // As bytes, not as characters or through Foundation: each document's name goes through here several times.

    /// The name of a file or folder without the folders above it.
    static func name(of path: String) -> String {
        let bytes = path.utf8
        var end = bytes.endIndex
        while end > bytes.startIndex, bytes[bytes.index(before: end)] == slash { end = bytes.index(before: end) }
        guard let last = bytes[..<end].lastIndex(of: slash) else { return String(path[..<end]) }
        return String(path[bytes.index(after: last)..<end])
    }

    /// A file's name without `.gz` and then without the endings of known formats: `901-01.v2` stays as it is.
    static func stem(of name: String) -> String {
        var stem = withoutGzip(name)
        while let (rest, ending) = split(stem), Formats.extensions.contains(ending.lowercased()) { stem = rest }
        return String(stem)
    }

    /// The ending that tells a file's format, in lower case, without the dot and a final `.gz`.
    static func ending(of name: String) -> String { split(withoutGzip(name))?.ending.lowercased() ?? "" }

    private static let slash = UInt8(ascii: "/")

    private static func withoutGzip(_ name: String) -> Substring {
        name.utf8.suffix(3).elementsEqual(".gz".utf8)
            ? name[..<name.utf8.index(name.utf8.endIndex, offsetBy: -3)] : name[...]
    }

    /// A name at its last dot, which is not its first character.
    private static func split(_ name: Substring) -> (rest: Substring, ending: Substring)? {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else { return nil }
        return (name[..<dot], name[name.utf8.index(after: dot)...])
    }

    /// A file's ending and, where its name has two of formats, both: `con`, `txt.con`.
    static func endings(of name: String) -> [String] {
        let last = ending(of: name)
        let rest = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
        let inner = ending(of: (rest as NSString).deletingPathExtension)
        return Formats.extensions.contains(inner) ? [last, "\(inner).\(last)"] : [last]
    }

    private static func content(of path: String, limit: Int) throws -> [UInt8] {
        let descriptor = try open(path)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw FileError.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        let size = Int(status.st_size)
        guard size <= limit else { throw CorpusError.tooLarge(file: path, limit: limit) }
        return try readPiece(descriptor, count: size, path: path)
    }

    /// Opens a regular file to read it.
    ///
    /// - Throws: ``FileError``.
    static func open(_ path: String) throws -> Int32 {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw FileError.missing(path: path, hint: "") }
            throw FileError.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw FileError.wrongKind(path: path, expected: "a file")
        }
        return descriptor
    }

    /// The next `count` bytes of a file, or fewer at its end.
    ///
    /// - Throws: ``FileError/unreadable(path:reason:)``.
    static func readPiece(_ descriptor: Int32, count size: Int, path: String) throws -> [UInt8] {
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
