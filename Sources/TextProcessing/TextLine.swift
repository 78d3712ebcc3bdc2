/// A line of a text, in UTF-8 offsets.
struct TextLine {
    /// The line's first byte.
    let start: Int
    /// The first byte that is not white space; `end` for a blank line.
    let contentStart: Int
    /// After the last byte that is not white space.
    let contentEnd: Int
    /// After the last byte before the line end.
    let end: Int
    /// After the line end, where the next line starts.
    let next: Int

    var isBlank: Bool { contentStart == contentEnd }

    /// From the line's first byte to its last one that is not white space.
    var width: Int { contentEnd - start }

    /// The lines of `bytes`; a line ends with LF, CR, CR LF or form feed.
    static func lines(of bytes: UnsafeBufferPointer<UInt8>) -> [TextLine] {
        var lines: [TextLine] = []
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, !isLineEnd(bytes[end]) { end += 1 }
            var next = min(end + 1, bytes.count)
            if next < bytes.count, bytes[end] == 0x0D, bytes[next] == 0x0A { next += 1 }
            var contentStart = start
            while contentStart < end, isBlank(bytes[contentStart]) { contentStart += 1 }
            var contentEnd = end
            while contentEnd > contentStart, isBlank(bytes[contentEnd - 1]) { contentEnd -= 1 }
            lines.append(
                TextLine(start: start, contentStart: contentStart, contentEnd: contentEnd, end: end, next: next))
            start = next
        }
        return lines
    }

    @inline(__always)
    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D || byte == 0x0C }

    @inline(__always)
    private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }
}
