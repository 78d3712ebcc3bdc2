import ClinicalText
import Essentials

/// The values of a file of JSON, one after the other in one buffer: those of an array at the top, or values that follow
/// each other.
///
/// Only brackets and strings are looked at, so that a value is cut out whole before it is parsed.
struct JSONRecords {
    /// A value and where it begins.
    struct Record: Sendable {
        let bytes: [UInt8]
        let line: Int
        /// Of its first byte in the source, as far as that is UTF-8.
        let offset: Int
    }

    private let stream: ByteStream
    private let file: String
    private let limit: Int
    private var buffer: [UInt8] = []
    private var position = 0
    private var line = 1
    /// Of the buffer's first byte, in the source.
    private var offset = 0
    private var isAtEnd = false
    private var state = State.start

    /// What comes next.
    private enum State {
        case start
        /// Within an array, a value or its end.
        case first
        /// Within an array, after a value.
        case between
        /// Values without an array around them.
        case loose
        case end
    }

    init(_ stream: ByteStream, file: String, limit: Int) {
        self.stream = stream
        self.file = file
        self.limit = limit
    }

    /// The next value, or nothing at the end.
    ///
    /// - Throws: ``CorpusError`` for an array that is not closed or has something else than values.
    mutating func next() throws -> Record? {
        while true {
            guard let byte = try nextByte() else { return try finish() }
            switch (state, byte) {
            case (.start, UInt8(ascii: "[")):
                state = .first
                position += 1
            case (.start, _): state = .loose
            case (.first, UInt8(ascii: "]")), (.between, UInt8(ascii: "]")):
                state = .end
                position += 1
            case (.between, UInt8(ascii: ",")):
                position += 1
                guard let following = try nextByte(), following != UInt8(ascii: "]") else {
                    throw malformed("a value is missing after a comma")
                }
                return try record()
            case (.between, _): throw malformed("a comma or ] is missing after a value")
            case (.end, _): throw malformed("something follows the end of the array")
            case (.first, _):
                state = .between
                return try record()
            case (.loose, _): return try record()
            }
        }
    }

    private func finish() throws -> Record? {
        if case .first = state { throw malformed("the array is not closed") }
        if case .between = state { throw malformed("the array is not closed") }
        return nil
    }

    private func malformed(_ problem: String) -> CorpusError {
        .malformed(file: file, line: line, problem: "not valid JSON: \(problem)")
    }

    /// The next byte that is no white space.
    private mutating func nextByte() throws -> UInt8? {
        while true {
            while position < buffer.count {
                let byte = buffer[position]
                guard Surface.isSpace(byte) else { return byte }
                if byte == 0x0A { line += 1 }
                position += 1
            }
            if isAtEnd { return nil }
            try fill()
        }
    }

    /// Drops what is used up and adds the next piece of the file.
    private mutating func fill() throws {
        offset += position
        buffer.removeFirst(position)
        position = 0
        guard let piece = try stream.next() else {
            isAtEnd = true
            return
        }
        buffer += piece
        guard buffer.count <= limit + piece.count else { throw CorpusError.tooLarge(file: file, limit: limit) }
    }

    /// The value that begins here: up to the bracket that closes it, or of one without brackets, up to what cannot
    /// belong to it.
    private mutating func record() throws -> Record {
        let firstLine = line
        var depth = 0
        var isInString = false
        var length = 0
        while true {
            if position + length == buffer.count {
                guard !isAtEnd else { break }
                try fill()
                continue
            }
            let byte = buffer[position + length]
            if byte == 0x0A, depth > 0 { line += 1 }
            if isInString {
                if byte == UInt8(ascii: "\\") {
                    // What is escaped may be in the next piece.
                    length += 1
                    if position + length == buffer.count { try fill() }
                    if position + length == buffer.count { break }
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                length += 1
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return take(length + 1, line: firstLine) }
                if depth < 0, length == 0 { throw malformed("no value begins here") }
                if depth < 0 { return take(length, line: firstLine) }
            case _ where depth == 0 && (byte == UInt8(ascii: ",") || Surface.isSpace(byte)):
                if length == 0 { throw malformed("no value begins here") }
                return take(length, line: firstLine)
            default: break
            }
            length += 1
        }
        guard depth == 0, !isInString else {
            line = firstLine
            throw malformed("the file ends within the value that begins here")
        }
        return take(length, line: firstLine)
    }

    private mutating func take(_ length: Int, line: Int) -> Record {
        let record = Record(
            bytes: Array(buffer[position..<position + length]), line: line,
            offset: stream.contentStart + offset + position)
        position += length
        return record
    }
}
