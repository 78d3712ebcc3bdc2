import Foundation

/// Divides JSON into the values of an object or array without decoding them, so that a large file is decoded a document
/// at a time and messages name the document's line.
///
/// What is between the values is not checked much; the values are, when they are decoded.
struct JSONSlices {
    /// A value and where it begins.
    struct Value {
        let bytes: ArraySlice<UInt8>
        /// Counted from 1.
        let line: Int

        /// The first byte, which tells what kind of value it is.
        var kind: UInt8? { bytes.first }
    }

    private let file: String
    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var line: Int

    private init(_ value: Value, file: String) {
        self.file = file
        bytes = value.bytes
        position = value.bytes.startIndex
        line = value.line
    }

    /// The one value of a file; its text must be UTF-8.
    ///
    /// - Throws: ``CorpusError/malformed(file:line:problem:)`` if there is none, or something behind it.
    static func value(of file: InputFile) throws -> Value {
        var slices = JSONSlices(Value(bytes: file.bytes[file.contentStart...], line: 1), file: file.path)
        slices.skipSpace()
        let value = try slices.value()
        slices.skipSpace()
        guard slices.position == slices.bytes.endIndex else { throw slices.invalid() }
        return value
    }

    /// The members of an object, in the order of the file.
    ///
    /// - Throws: ``CorpusError/malformed(file:line:problem:)``.
    static func members(of value: Value, file: String) throws -> [(name: String, value: Value)] {
        var members: [(name: String, value: Value)] = []
        try each(of: value, file: file, open: UInt8(ascii: "{"), close: UInt8(ascii: "}")) { slices in
            let name = try slices.value()
            guard name.kind == UInt8(ascii: "\"") else { throw slices.invalid() }
            slices.skipSpace()
            try slices.expect(UInt8(ascii: ":"))
            slices.skipSpace()
            let decoded = try JSONFile.decode(
                String.self, from: name.bytes, file: file, line: name.line, maxDepth: 1)
            members.append((decoded, try slices.value()))
        }
        return members
    }

    /// The values of an array.
    ///
    /// - Throws: ``CorpusError/malformed(file:line:problem:)``.
    static func elements(of value: Value, file: String) throws -> [Value] {
        var elements: [Value] = []
        try each(of: value, file: file, open: UInt8(ascii: "["), close: UInt8(ascii: "]")) { slices in
            elements.append(try slices.value())
        }
        return elements
    }

    private static func each(
        of value: Value, file: String, open: UInt8, close: UInt8, _ body: (inout JSONSlices) throws -> Void
    ) throws {
        var slices = JSONSlices(value, file: file)
        try slices.expect(open)
        slices.skipSpace()
        if slices.next == close { return }
        while true {
            try body(&slices)
            slices.skipSpace()
            if slices.next == close { return }
            try slices.expect(UInt8(ascii: ","))
            slices.skipSpace()
        }
    }

    private var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    private mutating func expect(_ byte: UInt8) throws {
        guard next == byte else { throw invalid() }
        position += 1
    }

    private mutating func skipSpace() {
        while let byte = next, Surface.isSpace(byte) {
            if byte == 0x0A { line += 1 }
            position += 1
        }
    }

    /// The next value, up to its own end.
    private mutating func value() throws -> Value {
        let start = position
        let startLine = line
        var depth = 0
        repeat {
            guard let byte = next else { throw invalid() }
            switch byte {
            case UInt8(ascii: "\""): try skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                guard depth >= 0 else { throw invalid() }
                position += 1
            case 0x0A:
                line += 1
                position += 1
            default:
                position += 1
                if depth == 0 { skipScalar() }
            }
        } while depth > 0
        guard position > start else { throw invalid() }
        return Value(bytes: bytes[start..<position], line: startLine)
    }

    private mutating func skipString() throws {
        position += 1
        while let byte = next {
            position += 1
            if byte == UInt8(ascii: "\"") { return }
            if byte == UInt8(ascii: "\\") { position += 1 }
            if byte == 0x0A { line += 1 }
        }
        throw invalid()
    }

    /// Goes to the end of a number or a word.
    private mutating func skipScalar() {
        let ends: Set = [UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ":")]
        while let byte = next, !ends.contains(byte), !Surface.isSpace(byte) { position += 1 }
    }

    private func invalid() -> CorpusError {
        .malformed(file: file, line: line, problem: "not valid JSON")
    }
}
