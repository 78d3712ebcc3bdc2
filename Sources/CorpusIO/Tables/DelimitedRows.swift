import Essentials

/// The rows of a CSV or TSV file, read one after the other (RFC 4180) in one buffer.
///
/// Fields are ranges of the row's bytes until somebody asks for their text: a table of notes has many columns that
/// nobody needs. A quote within an unquoted field stands for itself.
struct DelimitedRows {
    /// A field before its quotes are resolved.
    struct Field: Sendable {
        /// Without the enclosing quotes.
        fileprivate let range: Range<Int>
        fileprivate let hasDoubledQuotes: Bool
    }

    /// A row and the line it begins on.
    struct Row: Sendable {
        fileprivate let bytes: [UInt8]
        let fields: [Field]
        let line: Int
        /// Of its first byte, in the file.
        fileprivate let offset: Int

        /// How many bytes it has.
        var size: Int { bytes.count }

        /// The text of a field, its doubled quotes made single.
        ///
        /// - Throws: ``CorpusError/notUTF8(file:byte:)``.
        func text(of field: Field, file: String) throws -> String {
            let text = try InputFile.text(bytes[field.range], offset: offset + field.range.lowerBound, file: file)
            guard field.hasDoubledQuotes else { return text }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(field.range.count)
            var isSecond = false
            for byte in text.utf8 {
                isSecond = byte == DelimitedRows.quote && !isSecond
                if byte != DelimitedRows.quote || isSecond { bytes.append(byte) }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// The buffer ends within a row although the file goes on.
    private struct NeedsMore: Error {}

    private static let quote = UInt8(ascii: "\"")
    private let stream: ByteStream
    private let file: String
    private let delimiter: UInt8
    private let limit: Int
    private var buffer: [UInt8] = []
    private var position = 0
    private var line = 1
    /// Of the buffer's first byte, in the file.
    private var offset = 0
    private var isAtEnd = false

    init(_ stream: ByteStream, file: String, delimiter: UInt8, limit: Int) {
        self.stream = stream
        self.file = file
        self.delimiter = delimiter
        self.limit = limit
    }

    /// The next row that is not an empty line, or nothing at the end.
    ///
    /// - Throws: ``CorpusError`` for quotes that are not closed or followed by something other than a delimiter.
    mutating func next() throws -> Row? {
        while true {
            if position == buffer.count, !isAtEnd { try fill() }
            guard position < buffer.count else {
                if isAtEnd { return nil }
                continue
            }
            let start = position
            let firstLine = line
            do {
                var fields: [Field] = []
                repeat { fields.append(try nextField(from: start)) } while skipDelimiter()
                let end = position
                try skipLineEnd()
                if fields.count == 1 && fields[0].range.isEmpty { continue }
                return Row(
                    bytes: Array(buffer[start..<end]), fields: fields, line: firstLine,
                    offset: stream.contentStart + offset + start)
            } catch is NeedsMore {
                position = start
                line = firstLine
                try fill()
            }
        }
    }

    /// Drops what is used up and at least doubles the rest: a row that is longer than the buffer is looked at from its
    /// start again, and so only twice in all.
    private mutating func fill() throws {
        offset += position
        buffer.removeFirst(position)
        position = 0
        let wanted = 2 * buffer.count
        repeat {
            guard let piece = try stream.next() else {
                isAtEnd = true
                return
            }
            buffer += piece
            guard buffer.count - (1 << 20) <= limit else { throw CorpusError.tooLarge(file: file, limit: limit) }
        } while buffer.count < wanted
    }

    private mutating func nextField(from start: Int) throws -> Field {
        guard position < buffer.count, buffer[position] == Self.quote else {
            let first = position
            while position < buffer.count, buffer[position] != delimiter, buffer[position] != 0x0A { position += 1 }
            guard position < buffer.count || isAtEnd else { throw NeedsMore() }
            let endsInReturn = position > first && buffer[position - 1] == 0x0D && !isDelimiter(position)
            let range = first - start..<(endsInReturn ? position - 1 : position) - start
            return Field(range: range, hasDoubledQuotes: false)
        }
        let firstLine = line
        var hasDoubledQuotes = false
        position += 1
        let first = position
        while position < buffer.count {
            if buffer[position] == 0x0A { line += 1 }
            guard buffer[position] == Self.quote else {
                position += 1
                continue
            }
            // What follows a quote decides what it is; what follows that, whether a line ends.
            guard position + 2 < buffer.count || isAtEnd else { throw NeedsMore() }
            if position + 1 < buffer.count, buffer[position + 1] == Self.quote {
                hasDoubledQuotes = true
                position += 2
                continue
            }
            let field = Field(range: first - start..<position - start, hasDoubledQuotes: hasDoubledQuotes)
            position += 1
            guard position == buffer.count || isDelimiter(position) || isLineEnd(position) else {
                throw CorpusError.malformed(
                    file: file, line: line,
                    problem: "a quoted field goes on after its closing quote; quotes within a field are doubled")
            }
            return field
        }
        guard isAtEnd else { throw NeedsMore() }
        throw CorpusError.malformed(
            file: file, line: firstLine, problem: "a quoted field begins here and is never closed")
    }

    private func isDelimiter(_ index: Int) -> Bool { index < buffer.count && buffer[index] == delimiter }

    private func isLineEnd(_ index: Int) -> Bool {
        buffer[index] == 0x0A || buffer[index] == 0x0D && (index + 1 == buffer.count || buffer[index + 1] == 0x0A)
    }

    private mutating func skipDelimiter() -> Bool {
        guard isDelimiter(position) else { return false }
        position += 1
        return true
    }

    private mutating func skipLineEnd() throws {
        guard position + 1 < buffer.count || isAtEnd else { throw NeedsMore() }
        if position < buffer.count, buffer[position] == 0x0D { position += 1 }
        if position < buffer.count, buffer[position] == 0x0A { position += 1 }
        line += 1
    }
}
