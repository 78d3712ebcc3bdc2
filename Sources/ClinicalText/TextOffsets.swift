/// Converts between UTF-8 offsets, which the program uses, and Unicode code points, which files and reports use.
///
/// ASCII text converts by identity. Other text keeps one checkpoint every 64 code points and counts from there.
public struct TextOffsets: Sendable {
    private static let stride = 64

    private let utf8Count: Int
    /// The UTF-8 offset of every 64th code point; empty for ASCII text.
    private let checkpoints: [Int]
    private let bytes: [UInt8]
    /// The text's length in code points.
    public let count: Int

    /// Prepares the conversion for `text`.
    public init(_ text: String) {
        var text = text
        var checkpoints: [Int] = []
        var bytes: [UInt8] = []
        var codePoints = 0
        text.withUTF8 { buffer in
            let raw = UnsafeRawBufferPointer(buffer)
            guard !Self.isASCII(raw) else {
                codePoints = buffer.count
                return
            }
            bytes = Array(buffer)
            checkpoints.reserveCapacity(buffer.count / Self.stride + 1)
            codePoints = Self.count(raw, checkpoints: &checkpoints)
        }
        self.checkpoints = checkpoints
        self.bytes = bytes
        count = codePoints
        utf8Count = text.utf8.count
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

    /// Counts code points, eight bytes at a time as long as no checkpoint lies among them.
    private static func count(_ bytes: UnsafeRawBufferPointer, checkpoints: inout [Int]) -> Int {
        var codePoints = 0
        var next = 0
        var index = 0
        while index < bytes.count {
            if index + 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                // The high bit of each byte that continues a character: 10xxxxxx.
                let continuing = word & ~(word << 1) & 0x8080_8080_8080_8080
                let starting = 8 - continuing.nonzeroBitCount
                if codePoints + starting <= next {
                    codePoints += starting
                    index += 8
                    continue
                }
            }
            if bytes[index] & 0xC0 != 0x80 {
                if codePoints == next {
                    checkpoints.append(index)
                    next += stride
                }
                codePoints += 1
            }
            index += 1
        }
        return codePoints
    }

    private var isASCII: Bool { checkpoints.isEmpty }

    /// The UTF-8 offset of a code point offset, or nothing if it lies outside `0...count`.
    public func utf8Offset(ofCodePoint codePoint: Int) -> Int? {
        guard (0...count).contains(codePoint) else { return nil }
        if isASCII { return codePoint }
        if codePoint == count { return utf8Count }
        var offset = checkpoints[codePoint / Self.stride]
        var left = codePoint % Self.stride
        while left > 0 {
            offset += 1
            if bytes[offset] & 0xC0 != 0x80 { left -= 1 }
        }
        return offset
    }

    /// The code point offset of a UTF-8 offset within the text; a byte inside a code point counts as that code point.
    public func codePointOffset(ofUTF8 offset: Int) -> Int {
        precondition((0...utf8Count).contains(offset), "offset outside the text")
        if isASCII { return offset }
        if offset == utf8Count { return count }
        var low = 0
        var high = checkpoints.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if checkpoints[middle] <= offset { low = middle } else { high = middle }
        }
        var codePoint = low * Self.stride
        var position = checkpoints[low]
        while position < offset {
            position += 1
            if position < utf8Count, bytes[position] & 0xC0 != 0x80, position <= offset { codePoint += 1 }
        }
        return codePoint
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
