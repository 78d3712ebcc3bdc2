/// The rows of a CSV or TSV file, read one after the other (RFC 4180).
///
/// Fields are ranges of the file's bytes until somebody asks for their text: a table of notes has many columns that
/// nobody needs. A quote within an unquoted field stands for itself.
struct DelimitedRows {
    /// A field before its quotes are resolved.
    struct Field {
        /// Without the enclosing quotes.
        fileprivate let range: Range<Int>
        fileprivate let hasDoubledQuotes: Bool
    }

    /// A row and the line it begins on.
    struct Row {
        let fields: [Field]
        let line: Int
    }

    private static let quote = UInt8(ascii: "\"")
    private let file: InputFile
    private let delimiter: UInt8
    private var position: Int
    private var line = 1

    init(_ file: InputFile, delimiter: UInt8) {
        self.file = file
        self.delimiter = delimiter
        position = file.contentStart
    }

    /// The next row that is not an empty line, or nothing at the end.
    ///
    /// - Throws: ``CorpusError`` for quotes that are not closed or followed by something other than a delimiter.
    mutating func next() throws -> Row? {
        let bytes = file.bytes
        while position < bytes.count {
            let start = line
            var fields: [Field] = []
            repeat { fields.append(try nextField(bytes)) } while skipDelimiter(bytes)
            skipLineEnd(bytes)
            if fields.count == 1 && fields[0].range.isEmpty { continue }
            return Row(fields: fields, line: start)
        }
        return nil
    }

    /// The text of a field, its doubled quotes made single.
    ///
    /// - Throws: ``CorpusError/notUTF8(file:byte:)``.
    func text(of field: Field) throws -> String {
        let text = try InputFile.text(file.bytes[field.range], offset: field.range.lowerBound, file: file.path)
        guard field.hasDoubledQuotes else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(field.range.count)
        var isSecond = false
        for byte in text.utf8 {
            isSecond = byte == Self.quote && !isSecond
            if byte != Self.quote || isSecond { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func nextField(_ bytes: [UInt8]) throws -> Field {
        guard position < bytes.count, bytes[position] == Self.quote else {
            let start = position
            while position < bytes.count, bytes[position] != delimiter, bytes[position] != 0x0A { position += 1 }
            let endsInReturn = position > start && bytes[position - 1] == 0x0D && !isDelimiter(position, bytes)
            return Field(range: start..<(endsInReturn ? position - 1 : position), hasDoubledQuotes: false)
        }
        let firstLine = line
        var hasDoubledQuotes = false
        position += 1
        let start = position
        while position < bytes.count {
            if bytes[position] == 0x0A { line += 1 }
            guard bytes[position] == Self.quote else {
                position += 1
                continue
            }
            if position + 1 < bytes.count, bytes[position + 1] == Self.quote {
                hasDoubledQuotes = true
                position += 2
                continue
            }
            let field = Field(range: start..<position, hasDoubledQuotes: hasDoubledQuotes)
            position += 1
            guard position == bytes.count || isDelimiter(position, bytes) || isLineEnd(position, bytes) else {
                throw CorpusError.malformed(
                    file: file.path, line: line,
                    problem: "a quoted field goes on after its closing quote; quotes within a field are doubled")
            }
            return field
        }
        throw CorpusError.malformed(
            file: file.path, line: firstLine, problem: "a quoted field begins here and is never closed")
    }

    private func isDelimiter(_ index: Int, _ bytes: [UInt8]) -> Bool {
        index < bytes.count && bytes[index] == delimiter
    }

    private func isLineEnd(_ index: Int, _ bytes: [UInt8]) -> Bool {
        bytes[index] == 0x0A || bytes[index] == 0x0D && (index + 1 == bytes.count || bytes[index + 1] == 0x0A)
    }

    private mutating func skipDelimiter(_ bytes: [UInt8]) -> Bool {
        guard isDelimiter(position, bytes) else { return false }
        position += 1
        return true
    }

    private mutating func skipLineEnd(_ bytes: [UInt8]) {
        if position < bytes.count, bytes[position] == 0x0D { position += 1 }
        if position < bytes.count, bytes[position] == 0x0A { position += 1 }
        line += 1
    }
}
