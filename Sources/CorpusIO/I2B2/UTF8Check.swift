/// A check of bytes that makes no string of them.
enum UTF8Check {
    /// The offset of the first byte that breaks UTF-8; nothing where all is well (Unicode, table 3-7).
    static func firstInvalid(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        while index < raw.count {
            if index + 8 <= raw.count {
                // How many of the next eight bytes are ASCII, up to the first that is not.
                let high =
                    UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                    & 0x8080_8080_8080_8080
                index += high.trailingZeroBitCount / 8
                if high == 0 { continue }
            }
            if raw[index] < 0x80 {
                index += 1
            } else if let length = length(of: raw, at: index) {
                index += length
            } else {
                return index
            }
        }
        return nil
    }

    /// The length of the character that starts at `index` with a byte above 0x7F, if it is well formed.
    private static func length(of bytes: UnsafeRawBufferPointer, at index: Int) -> Int? {
        let first = bytes[index]
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard (0xC2...0xF4).contains(first), index + length <= bytes.count else { return nil }
        let second = bytes[index + 1]
        let low: UInt8 = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
        let high: UInt8 = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
        guard second >= low, second <= high else { return nil }
        for more in 2..<max(length, 2) where bytes[index + more] & 0xC0 != 0x80 { return nil }
        return length
    }
}
