import ICU

/// A header as it is compared: lower case, white space trimmed and shrunk to single blanks.
enum FoldedHeader {
    /// Calls `body` with each byte of the folded form of `header`.
    @inline(__always)
    static func forEach(_ header: UnsafeBufferPointer<UInt8>, _ body: (UInt8) -> Void) {
        var offset = 0
        var isEmpty = true
        var hasBlank = false
        while offset < header.count {
            let byte = header[offset]
            var value = UInt32(byte)
            var count = 1
            if byte >= 0x80 { (value, count) = CodePoint.decode(header, at: offset) }
            offset += count
            if value <= 0x20 || value == 0xA0 {
                hasBlank = !isEmpty
                continue
            }
            if hasBlank { body(0x20) }
            hasBlank = false
            isEmpty = false
            if value < 0x80 {
                body(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
                continue
            }
            // A few letters above ASCII have a lower case within it, such as the Kelvin sign.
            let lowered = CodePoint.lowercase(value)
            if lowered < 0x80 { body(UInt8(lowered)) } else { forEachByte(of: lowered, body) }
        }
    }

    @inline(__always)
    private static func forEachByte(of codePoint: UInt32, _ body: (UInt8) -> Void) {
        if codePoint < 0x800 {
            body(0xC0 | UInt8(codePoint >> 6))
        } else {
            if codePoint < 0x10000 {
                body(0xE0 | UInt8(codePoint >> 12))
            } else {
                body(0xF0 | UInt8(codePoint >> 18))
                body(0x80 | UInt8(codePoint >> 12 & 0x3F))
            }
            body(0x80 | UInt8(codePoint >> 6 & 0x3F))
        }
        body(0x80 | UInt8(codePoint & 0x3F))
    }

    /// The folded form.
    static func bytes(of header: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var folded: [UInt8] = []
        folded.reserveCapacity(header.count)
        forEach(header) { folded.append($0) }
        return folded
    }

    /// A hash of the folded form (FNV-1a).
    static func hash(of header: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        forEach(header) { hash = (hash ^ UInt64($0)) &* 0x100_0000_01B3 }
        return hash
    }

    /// Whether `folded` is the folded form of `header`.
    static func equals(_ header: UnsafeBufferPointer<UInt8>, _ folded: [UInt8]) -> Bool {
        var index = 0
        var isEqual = true
        forEach(header) {
            isEqual = isEqual && index < folded.count && folded[index] == $0
            index += 1
        }
        return isEqual && index == folded.count
    }
}
