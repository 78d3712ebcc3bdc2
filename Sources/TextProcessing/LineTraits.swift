import ICU

/// What a line looks like: what decides whether it goes on in the next one.
struct LineTraits {
    /// So much table in a line makes it a row; see ``tableScore(of:in:)``.
    private static let rowScore = 3
    /// Longer lines are paragraphs.
    private static let widestRow = 240

    /// After the bullet or number that begins the line, if it is a list item.
    let markerEnd: Int?
    /// Whether the line is a row of a table, its cells parted by tabs, bars or wide gaps.
    let isRow: Bool
    /// Whether the line is a rule: one mark over and over.
    let isRule: Bool
    /// The length of the first word.
    let firstWord: Int
    /// The word class of the first character.
    let firstKind: UInt8

    init(of line: TextLine, in bytes: UnsafeBufferPointer<UInt8>) {
        if line.isBlank {
            (markerEnd, isRow, isRule, firstWord, firstKind) = (nil, false, false, 0, WordClass.space)
            return
        }
        markerEnd = ListMarker.end(in: line, of: bytes)
        isRule = Self.isRule(line, in: bytes)
        isRow = line.width <= Self.widestRow && Self.tableScore(of: line, in: bytes) >= Self.rowScore
        var end = line.contentStart
        while end < line.contentEnd, bytes[end] > 0x20 { end += 1 }
        firstWord = end - line.contentStart
        firstKind = WordClass.classes[CodePoint.decode(bytes, at: line.contentStart).value]
    }

    /// A tab and a gap of three blanks or more score 3, a bar between blanks 2, a gap of two blanks 1: justified prose has a
    /// few of those. The gap behind a full stop or a colon is a typist's.
    private static func tableScore(of line: TextLine, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var score = 0
        var offset = line.contentStart + 1
        while offset < line.contentEnd - 1, score < rowScore {
            let byte = bytes[offset]
            if byte > 0x20 {
                if byte == UInt8(ascii: "|"), bytes[offset - 1] <= 0x20, bytes[offset + 1] <= 0x20 { score += 2 }
                offset += 1
                continue
            }
            if byte == 0x20, bytes[offset + 1] > 0x20 {
                offset += 1
                continue
            }
            let start = offset
            var hasTab = false
            while bytes[offset] <= 0x20 {
                hasTab = hasTab || bytes[offset] == 0x09
                offset += 1
            }
            if hasTab || offset - start >= 3 {
                score += isTypistsGap(after: bytes[start - 1]) && !hasTab && offset - start < 5 ? 0 : 3
            } else if !isTypistsGap(after: bytes[start - 1]) {
                score += 1
            }
        }
        return score
    }

    private static func isTypistsGap(after byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: ":"), UInt8(ascii: ")"): true
        default: false
        }
    }

    private static func isRule(_ line: TextLine, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let first = bytes[line.contentStart]
        guard line.contentEnd - line.contentStart >= 3, WordClass.ascii.count > Int(first),
            WordClass.ascii[Int(first)] == WordClass.symbol
        else { return false }
        return bytes[line.contentStart..<line.contentEnd].allSatisfy { $0 == first || $0 == 0x20 }
    }
}
