import Essentials

/// The lines of a text file that is no corpus, plain or gzip, in UTF-8 or with a byte order mark.
package struct TextLines {
    /// No table that people made has longer lines.
    private static let limit = 1 << 26
    private var reader: LineReader

    /// Opens the file at `path`.
    ///
    /// - Throws: `FileError`.
    package init(_ path: String) throws {
        reader = LineReader(
            try ByteStream(InputSource(path: path), encoding: nil), file: path, limit: Self.limit)
    }

    /// The next line without its end, and its number, counted from 1; nothing behind the last.
    ///
    /// - Throws: ``CorpusError`` for damaged gzip data and lines above 64 MB.
    package mutating func next() throws -> (bytes: ArraySlice<UInt8>, number: Int)? {
        guard let line = try reader.next() else { return nil }
        let bytes = line.bytes.last == 0x0D ? line.bytes.dropLast() : line.bytes[...]
        return (bytes, line.number)
    }
}
