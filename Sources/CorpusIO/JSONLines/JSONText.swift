/// JSON as it is written: members in the order they are added, on one line.
///
/// `JSONEncoder` would sort or shuffle the members; a person looking at a line wants the id first.
struct JSONText {
    private var bytes: [UInt8] = []
    /// Whether the next value follows another one.
    private var needsComma = false

    /// What was written.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// An object whose members `body` adds.
    mutating func object(_ body: (inout JSONText) throws -> Void) rethrows {
        try enclose(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    /// An array whose values `body` adds.
    mutating func array(_ body: (inout JSONText) throws -> Void) rethrows {
        try enclose(UInt8(ascii: "["), UInt8(ascii: "]"), body)
    }

    /// A member whose value `body` adds.
    mutating func member(_ name: String, _ body: (inout JSONText) throws -> Void) rethrows {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
        try body(&self)
        needsComma = true
    }

    /// A member that is a string.
    mutating func member(_ name: String, _ value: String) { member(name) { $0.value(value) } }

    /// A member that is an array of strings, unless there are none.
    mutating func member(_ name: String, ifAny values: [String]) {
        guard !values.isEmpty else { return }
        member(name) { json in json.array { array in for value in values { array.value(value) } } }
    }

    /// A member that is an object of strings in the order of the keys, unless there are none.
    mutating func member(_ name: String, ifAny values: [String: String]) {
        guard !values.isEmpty else { return }
        member(name) { json in
            json.object { object in
                for (key, value) in values.sorted(by: { $0.key < $1.key }) { object.member(key, value) }
            }
        }
    }

    /// A string.
    mutating func value(_ text: String) {
        separate()
        quote(text)
        needsComma = true
    }

    /// A value as it is written, which must be one of JSON.
    mutating func raw(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    /// A whole number.
    mutating func value(_ number: Int) {
        separate()
        bytes.append(contentsOf: String(number).utf8)
        needsComma = true
    }

    /// A finite number, with as few digits as give it back exactly.
    mutating func value(_ number: Double) {
        precondition(number.isFinite, "JSON has no infinite numbers")
        separate()
        bytes.append(contentsOf: "\(number)".utf8)
        needsComma = true
    }

    private mutating func enclose(_ open: UInt8, _ close: UInt8, _ body: (inout JSONText) throws -> Void) rethrows {
        separate()
        bytes.append(open)
        needsComma = false
        try body(&self)
        bytes.append(close)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func quote(_ text: String) {
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0x00..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(contentsOf: [digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
