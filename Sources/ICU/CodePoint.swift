internal import CICU

/// Properties of single code points, and their UTF-8 form.
public enum CodePoint {
    /// The simple lower-case form.
    public static func lowercase(_ codePoint: UInt32) -> UInt32 { cicu_lowercase(codePoint) }

    /// The canonical combining class, 0 to 254.
    public static func combiningClass(_ codePoint: UInt32) -> UInt8 { cicu_combining_class(codePoint) }

    /// The code point at `offset` of valid UTF-8, which must be the start of one, and its length in bytes.
    @inlinable
    public static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, at offset: Int
    ) -> (value: UInt32, count: Int) {
        let first = UInt32(bytes[offset])
        if first < 0x80 { return (first, 1) }
        let second = UInt32(bytes[offset + 1] & 0x3F)
        if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
        let third = UInt32(bytes[offset + 2] & 0x3F)
        if first < 0xF0 { return ((first & 0x0F) << 12 | second << 6 | third, 3) }
        return ((first & 0x07) << 18 | second << 12 | third << 6 | UInt32(bytes[offset + 3] & 0x3F), 4)
    }

    /// Appends the UTF-8 form of a code point, which must not be a surrogate.
    @inlinable
    public static func append(_ codePoint: UInt32, to bytes: inout [UInt8]) {
        if codePoint < 0x80 {
            bytes.append(UInt8(codePoint))
            return
        }
        if codePoint < 0x800 {
            bytes.append(0xC0 | UInt8(codePoint >> 6))
        } else {
            if codePoint < 0x10000 {
                bytes.append(0xE0 | UInt8(codePoint >> 12))
            } else {
                bytes.append(0xF0 | UInt8(codePoint >> 18))
                bytes.append(0x80 | UInt8(codePoint >> 12 & 0x3F))
            }
            bytes.append(0x80 | UInt8(codePoint >> 6 & 0x3F))
        }
        bytes.append(0x80 | UInt8(codePoint & 0x3F))
    }
}
