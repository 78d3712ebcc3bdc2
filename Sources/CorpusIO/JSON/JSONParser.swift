/// Parses one JSON value (RFC 8259), without quoting any of it in its errors.
///
/// A surrogate escape without its other half has no character of its own in Unicode; it is read as U+FFFD and counted,
/// as offsets do not change by it.
struct JSONParser {
    /// The deepest nesting that can be allowed: the parser calls itself.
    static let deepest = 512

    private let bytes: [UInt8]
    private let file: String
    private let line: Int?
    private let maxDepth: Int
    /// Where `bytes` begin in the file.
    private let start: Int
    private var position = 0
    private var depth = 0
    /// How many surrogate escapes lack their other half.
    private(set) var loneSurrogates = 0

    /// Parses the bytes of a value that begins at `start` and on `line` of a file.
    ///
    /// - Returns: the value, and how many surrogate escapes lack their other half.
    /// - Throws: ``CorpusError``.
    static func parse(
        _ bytes: [UInt8], file: String, line: Int?, start: Int = 0, maxDepth: Int
    ) throws -> (value: JSONValue, loneSurrogates: Int) {
        _ = try InputFile.text(bytes[...], offset: start, file: file)
        var parser = JSONParser(
            bytes: bytes, file: file, line: line, maxDepth: min(maxDepth, deepest), start: start)
        parser.skipSpace()
        let value = try parser.value()
        parser.skipSpace()
        guard parser.position == bytes.count else { throw parser.malformed("something follows the value") }
        return (value, parser.loneSurrogates)
    }

    /// The value of JSON that clinner wrote itself, or nothing.
    static func value(of text: String) -> JSONValue? {
        try? parse(Array(text.utf8), file: "", line: nil, maxDepth: deepest).value
    }

    private init(bytes: [UInt8], file: String, line: Int?, maxDepth: Int, start: Int) {
        self.bytes = bytes
        self.file = file
        self.line = line
        self.maxDepth = maxDepth
        self.start = start
    }

    private func malformed(_ problem: String) -> CorpusError {
        .malformed(file: file, line: line, problem: "not valid JSON at byte \(start + position): \(problem)")
    }

    private mutating func value() throws -> JSONValue {
        guard position < bytes.count else { throw malformed("it ends too early") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try nested { .object(try $0.object()) }
        case UInt8(ascii: "["): return try nested { .array(try $0.array()) }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), 0x30...0x39: return .number(try number())
        default:
            for (word, value) in [("true", JSONValue.bool(true)), ("false", .bool(false)), ("null", .null)]
            where bytes[position...].starts(with: word.utf8) {
                position += word.utf8.count
                return value
            }
            throw malformed("no value begins here")
        }
    }

    private mutating func nested(_ body: (inout JSONParser) throws -> JSONValue) throws -> JSONValue {
        depth += 1
        guard depth <= maxDepth else { throw CorpusError.tooDeep(file: file, line: line, limit: maxDepth) }
        position += 1
        skipSpace()
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws -> JSONObject {
        var members: [JSONObject.Member] = []
        if skip(UInt8(ascii: "}")) { return JSONObject() }
        while true {
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw malformed("a member's name must begin here")
            }
            let name = try string()
            skipSpace()
            guard skip(UInt8(ascii: ":")) else { throw malformed("a colon is missing") }
            skipSpace()
            members.append(.init(name: name, value: try value()))
            skipSpace()
            if skip(UInt8(ascii: "}")) { return JSONObject(members) }
            guard skip(UInt8(ascii: ",")) else { throw malformed("a comma or } is missing") }
            skipSpace()
        }
    }

    private mutating func array() throws -> [JSONValue] {
        var values: [JSONValue] = []
        if skip(UInt8(ascii: "]")) { return values }
        while true {
            values.append(try value())
            skipSpace()
            if skip(UInt8(ascii: "]")) { return values }
            guard skip(UInt8(ascii: ",")) else { throw malformed("a comma or ] is missing") }
            skipSpace()
        }
    }

    private mutating func number() throws -> String {
        let first = position
        _ = skip(UInt8(ascii: "-"))
        let whole = try digits()
        guard whole == 1 || bytes[position - whole] != UInt8(ascii: "0") else {
            throw malformed("a number has a zero before its digits")
        }
        if skip(UInt8(ascii: ".")) { _ = try digits() }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            _ = skip(UInt8(ascii: "+")) || skip(UInt8(ascii: "-"))
            _ = try digits()
        }
        return String(decoding: bytes[first..<position], as: UTF8.self)
    }

    private mutating func digits() throws -> Int {
        let first = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        guard position > first else { throw malformed("a digit is missing") }
        return position - first
    }

    private mutating func string() throws -> String {
        position += 1
        var text: [UInt8] = []
        var first = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                text += bytes[first..<position]
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                text += bytes[first..<position]
                try escape(to: &text)
                first = position
            case 0x00..<0x20: throw malformed("a control character in a string; write it as an escape")
            default: position += 1
            }
        }
        throw malformed("a string is not closed")
    }

    private mutating func escape(to text: inout [UInt8]) throws {
        guard position + 1 < bytes.count else { throw malformed("a string is not closed") }
        if bytes[position + 1] == UInt8(ascii: "u") { return try unicodeEscape(to: &text) }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(bytes[position + 1])
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        default: throw malformed("an escape that JSON does not know")
        }
        position += 2
    }

    private mutating func unicodeEscape(to text: inout [UInt8]) throws {
        guard let unit = unit(at: position) else { throw malformed("an escape without four digits") }
        position += 6
        if unit & 0xFC00 == 0xD800, let low = self.unit(at: position), low & 0xFC00 == 0xDC00 {
            position += 6
            append(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), to: &text)
        } else if unit & 0xF800 == 0xD800 {
            loneSurrogates += 1
            append(0xFFFD, to: &text)
        } else {
            append(unit, to: &text)
        }
    }

    private func append(_ value: UInt32, to text: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(value) else { return }
        text.append(contentsOf: String(Character(scalar)).utf8)
    }

    /// The code unit of an escape that begins here.
    private func unit(at place: Int) -> UInt32? {
        guard place + 6 <= bytes.count, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var value: UInt32 = 0
        for byte in bytes[place + 2..<place + 6] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
            default: return nil
            }
        }
        return value
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }
}
