/// Walks over JSON and makes ``TokenizerJSON`` of it.
struct TokenizerJSONReader {
    /// Bytes that are not JSON.
    struct Malformed: Error {}

    let bytes: [UInt8]
    private var offset = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private static let deepest = 64

    /// The next byte that is no white space, which stays.
    mutating func next() -> UInt8? {
        while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
        return offset < bytes.count ? bytes[offset] : nil
    }

    private mutating func takes(_ byte: Character) -> Bool {
        guard next() == byte.asciiValue else { return false }
        offset += 1
        return true
    }

    mutating func value(depth: Int) throws -> TokenizerJSON {
        guard depth < Self.deepest, let first = next() else { throw Malformed() }
        switch first {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        default: return try scalar()
        }
    }

    private mutating func object(depth: Int) throws -> [TokenizerJSON.Member] {
        offset += 1
        var pairs: [TokenizerJSON.Member] = []
        if takes("}") { return pairs }
        repeat {
            guard next() == UInt8(ascii: "\"") else { throw Malformed() }
            let key = try string()
            guard takes(":") else { throw Malformed() }
            pairs.append(TokenizerJSON.Member(key: key, value: try value(depth: depth + 1)))
        } while takes(",")
        guard takes("}") else { throw Malformed() }
        return pairs
    }

    private mutating func array(depth: Int) throws -> [TokenizerJSON] {
        offset += 1
        var values: [TokenizerJSON] = []
        if takes("]") { return values }
        repeat { values.append(try value(depth: depth + 1)) } while takes(",")
        guard takes("]") else { throw Malformed() }
        return values
    }

    /// A number, `true`, `false` or `null`.
    private mutating func scalar() throws -> TokenizerJSON {
        let start = offset
        while offset < bytes.count, ![0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x5D, 0x7D].contains(bytes[offset]) {
            offset += 1
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default:
            guard text.first.map({ $0 == "-" || $0.isASCII && $0.isNumber }) == true, let number = Double(text)
            else { throw Malformed() }
            return .number(number)
        }
    }

    private mutating func string() throws -> String {
        offset += 1
        var text: [UInt8] = []
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let valid = String(validating: text, as: UTF8.self) else { throw Malformed() }
                return valid
            case UInt8(ascii: "\\"): text.append(contentsOf: String(try escaped()).utf8)
            case 0..<0x20: throw Malformed()
            default: text.append(byte)
            }
        }
        throw Malformed()
    }

    /// What follows a backslash.
    private mutating func escaped() throws -> Unicode.Scalar {
        guard offset < bytes.count else { throw Malformed() }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var code = try unit()
            if 0xD800..<0xDC00 ~= code {
                guard offset + 2 <= bytes.count, bytes[offset...].starts(with: "\\u".utf8) else { throw Malformed() }
                offset += 2
                let low = try unit()
                guard 0xDC00..<0xE000 ~= low else { throw Malformed() }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw Malformed() }
            return scalar
        default: throw Malformed()
        }
    }

    /// Four hexadecimal digits.
    private mutating func unit() throws -> UInt32 {
        guard offset + 4 <= bytes.count else { throw Malformed() }
        var value: UInt32 = 0
        for byte in bytes[offset..<offset + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw Malformed() }
            value = value << 4 | UInt32(digit)
        }
        offset += 4
        return value
    }
}
