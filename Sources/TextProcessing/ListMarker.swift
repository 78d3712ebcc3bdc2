import ICU

/// The bullet or number that begins a list item.
enum ListMarker {
    /// Where the bullet or number at the start of a line ends: `-`, `*`, `•`, `1.`, `2)`, `(3)`, `#4`, `a)`.
    static func end(in line: TextLine, of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        if line.isBlank { return nil }
        let start = line.contentStart
        let first = bytes[start]
        if first >= 0x80 { return bulletEnd(at: start, in: bytes) }
        switch first {
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ">"):
            // A run of such marks is a rule, not a bullet.
            return start + 1 < line.contentEnd && bytes[start + 1] != first ? start + 1 : nil
        case UInt8(ascii: "#"):
            var end = start + 1
            while end < line.contentEnd, isDigit(bytes[end]) { end += 1 }
            return end < line.contentEnd && isMark(bytes[end]) ? end + 1 : end
        default:
            return numberEnd(at: start, in: bytes, limit: line.contentEnd)
        }
    }

    private static func bulletEnd(at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let (value, count) = CodePoint.decode(bytes, at: start)
        switch value {
        case 0xB7, 0x2013, 0x2014, 0x2022, 0x2023, 0x2043, 0x25A0, 0x25AA, 0x25CF, 0x25E6, 0x25CB, 0x25BA, 0x27A2,
            0xF0B7:
            return start + count
        default:
            return nil
        }
    }

    private static func numberEnd(at start: Int, in bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> Int? {
        var end = start
        let isBracketed = bytes[end] == UInt8(ascii: "(")
        if isBracketed { end += 1 }
        let digits = end
        while end < limit, end - digits < 3, isDigit(bytes[end]) { end += 1 }
        if end == digits, end < limit, bytes[end] | 0x20 >= 0x61, bytes[end] | 0x20 <= 0x7A { end += 1 }
        guard end > digits, end < limit else { return nil }
        let isLetter = !isDigit(bytes[digits])
        let isClosed = bytes[end] == UInt8(ascii: ")") || !isBracketed && bytes[end] == UInt8(ascii: ".")
        guard isClosed else { return nil }
        let next = end + 1
        if next == limit { return isLetter ? nil : next }
        // `2.5 mg`, `p.o.` and `1.Aspirin`: only the last one is an item.
        let follows = bytes[next]
        if follows <= 0x20 { return next }
        return isLetter || isDigit(follows) ? nil : next
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: ":")
    }
}
