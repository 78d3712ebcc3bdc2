/// Converts between UTF-8 offsets, which the program uses, and Unicode code points, which files and reports use.
///
/// ASCII text converts by identity. Of other text it is known how many code points begin before every 64th byte, and the
/// rest is counted from there, eight bytes at a time.
public struct TextOffsets: Sendable {
    /// In bytes, a multiple of eight.
    private static let stride = 64

    /// The text's bytes; empty for ASCII text.
    private let bytes: [UInt8]
    /// How many code points begin before the bytes 0, 64, 128 …; empty for ASCII text.
    private let counts: [Int]
    private let utf8Count: Int
    /// The text's length in code points.
    public let count: Int

    /// Prepares the conversion for `text`.
    public init(_ text: String) {
        var text = text
        (bytes, counts) = text.withUTF8 { buffer in
            let raw = UnsafeRawBufferPointer(buffer)
            return Self.isASCII(raw) ? ([], []) : (Array(buffer), Self.counts(of: raw))
        }
        utf8Count = text.utf8.count
        guard let last = counts.last else {
            count = utf8Count
            return
        }
        let start = (counts.count - 1) * Self.stride
        count = last + bytes.withUnsafeBytes { Self.starts(in: $0, start..<$0.count) }
    }

    private static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if word & 0x8080_8080_8080_8080 != 0 { return false }
            index += 8
        }
        return bytes[index...].allSatisfy { $0 < 0x80 }
    }

    private static func counts(of bytes: UnsafeRawBufferPointer) -> [Int] {
        var counts = [0]
        counts.reserveCapacity(bytes.count / stride + 1)
        var count = 0
        var start = 0
        while start + stride <= bytes.count {
            for index in Swift.stride(from: start, to: start + stride, by: 8) {
                count += starts(in: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            }
            counts.append(count)
            start += stride
        }
        return counts
    }

    /// How many code points begin in a range of bytes.
    private static func starts(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
        var count = 0
        var index = range.lowerBound
        while index + 8 <= range.upperBound {
            count += starts(in: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        for byte in bytes[index..<range.upperBound] where byte & 0xC0 != 0x80 { count += 1 }
        return count
    }

    /// How many of eight bytes begin a code point.
    private static func starts(in word: UInt64) -> Int {
        // The high bit of each byte that continues a character: 10xxxxxx.
        8 - (word & ~(word << 1) & 0x8080_8080_8080_8080).nonzeroBitCount
    }

    private var isASCII: Bool { counts.isEmpty }

    /// The UTF-8 offset of a code point offset, or nothing if it lies outside `0...count`.
    public func utf8Offset(ofCodePoint codePoint: Int) -> Int? {
        guard (0...count).contains(codePoint) else { return nil }
        if isASCII { return codePoint }
        if codePoint == count { return utf8Count }
        // The last place before which no more code points begin; a code point has one to four bytes.
        var low = codePoint / Self.stride
        var high = min(counts.count, 4 * codePoint / Self.stride + 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if counts[middle] <= codePoint { low = middle } else { high = middle }
        }
        let left = codePoint - counts[low]
        return bytes.withUnsafeBytes { Self.start(of: left, from: low * Self.stride, in: $0) }
    }

    /// Where the code point begins that `left` others begin before, from `index` on.
    private static func start(of left: Int, from index: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        var index = index
        var left = left
        while index + 8 <= bytes.count {
            let starting = starts(in: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            guard starting <= left else { break }
            left -= starting
            index += 8
        }
        while true {
            if bytes[index] & 0xC0 != 0x80 {
                if left == 0 { return index }
                left -= 1
            }
            index += 1
        }
    }

    /// The code point offset of a UTF-8 offset within the text; a byte inside a code point counts as that code point.
    public func codePointOffset(ofUTF8 offset: Int) -> Int {
        precondition((0...utf8Count).contains(offset), "offset outside the text")
        if isASCII { return offset }
        if offset == utf8Count { return count }
        let place = offset / Self.stride
        // The code point that holds the byte is the last that begins at or before it.
        return counts[place] + bytes.withUnsafeBytes { Self.starts(in: $0, place * Self.stride..<offset + 1) } - 1
    }

    /// The span of a range of code points, or nothing if it does not lie within the text.
    public func span(ofCodePoints start: Int, _ end: Int) -> TextSpan? {
        guard start <= end, let first = utf8Offset(ofCodePoint: start), let last = utf8Offset(ofCodePoint: end) else {
            return nil
        }
        return TextSpan(start: first, end: last)
    }

    /// The code points of a span, as a half-open range.
    public func codePoints(of span: TextSpan) -> Range<Int> {
        codePointOffset(ofUTF8: span.start)..<codePointOffset(ofUTF8: span.end)
    }
}
