import ClinicalText
import ICU

/// What the line ends of a note mean: where a sentence must stop, and where prose was only wrapped.
struct LineLayout {
    /// Wrapped notes are rarely narrower; shorter lines end where their writer ended them.
    private static let narrowest = 50
    /// Shorter lines are labels or items, however they begin.
    private static let shortest = 30
    /// Typewriter-like output ends at 132 columns; longer lines are unwrapped paragraphs.
    private static let widest = 132

    let lines: [TextLine]
    /// Whether the line goes on in the next one.
    let goesOn: [Bool]
    /// After the bullet or number that begins the line, for lines that are list items.
    let markerEnds: [Int?]

    init(bytes: UnsafeBufferPointer<UInt8>, lines: [TextLine], sections: [Section]) {
        self.lines = lines
        let markerEnds = lines.map { Self.markerEnd(of: $0, in: bytes) }
        self.markerEnds = markerEnds
        var goesOn = [Bool](repeating: false, count: lines.count)
        let hasHeader = Self.headers(of: sections, lines: lines)
        let width = Self.wrapWidth(of: lines, in: bytes, markerEnds: markerEnds)
        var isInItem = false
        for index in lines.indices.dropLast() {
            let line = lines[index]
            if markerEnds[index] != nil { isInItem = true }
            let next = lines[index + 1]
            if line.isBlank || next.isBlank || markerEnds[index + 1] != nil || hasHeader[index + 1].starts
                || hasHeader[index].fills
            {
                isInItem = false
                continue
            }
            let isFull = width.map { line.width <= $0 && line.width + 1 + Self.firstWord(of: next, in: bytes) > $0 }
            let isOpen = Self.isOpen(at: line.contentEnd, in: bytes)
            // A capital begins prose; short lower-case lines below each other are a list without bullets.
            let isProse =
                line.width >= Self.shortest
                && (index > 0 && goesOn[index - 1] || Self.startsWith(WordClass.capital, line, in: bytes))
            let isContinued =
                Self.startsWith(WordClass.letter, next, in: bytes) && (isInItem || isProse)
                || line.width >= Self.narrowest
                    && (Self.startsWith(WordClass.letter, next, in: bytes)
                        || Self.startsWith(WordClass.digit, next, in: bytes))
            goesOn[index] = isFull == true || isOpen || isContinued && !Self.isStop(at: line.contentEnd, in: bytes)
            if !goesOn[index] { isInItem = false }
        }
        self.goesOn = goesOn
    }

    /// For each line, whether a header starts in it, and whether the header is all there is in it.
    private static func headers(of sections: [Section], lines: [TextLine]) -> [(starts: Bool, fills: Bool)] {
        var result = [(starts: Bool, fills: Bool)](repeating: (false, false), count: lines.count)
        var index = 0
        for header in sections.lazy.compactMap(\.header) {
            while index < lines.count, lines[index].next <= header.start { index += 1 }
            if index < lines.count { result[index] = (true, header.end >= lines[index].contentEnd) }
        }
        return result
    }

    // MARK: Wrapping

    /// The width the note was wrapped to, or nothing if its lines end where their writer ended them.
    ///
    /// A line was wrapped at a width if it fits and would not with the next line's first word. The width with the most
    /// such lines counts, each line that is longer speaking against it; it takes three lines to make a case.
    private static func wrapWidth(
        of lines: [TextLine], in bytes: UnsafeBufferPointer<UInt8>, markerEnds: [Int?]
    ) -> Int? {
        // Differences of the votes between one width and the next.
        var steps = [Int](repeating: 0, count: widest + 2)
        for (index, line) in lines.enumerated() where line.width >= narrowest {
            steps[narrowest] -= 1
            steps[min(line.width, widest + 1)] += 1
            guard line.width <= widest, index + 1 < lines.count else { continue }
            let next = lines[index + 1]
            if next.isBlank || markerEnds[index + 1] != nil { continue }
            steps[line.width] += 1
            steps[min(line.width + 1 + firstWord(of: next, in: bytes), widest + 1)] -= 1
        }
        var votes = 0
        var best = (votes: 2, width: Int?.none)
        for width in narrowest...widest {
            votes += steps[width]
            if votes > best.votes { best = (votes, width) }
        }
        return best.width
    }

    /// The length of a line's first word.
    private static func firstWord(of line: TextLine, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var end = line.contentStart
        while end < line.contentEnd, bytes[end] > 0x20 { end += 1 }
        return end - line.contentStart
    }

    // MARK: What stands at a line's ends

    private static func startsWith(_ kind: UInt8, _ line: TextLine, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        WordClass.classes[CodePoint.decode(bytes, at: line.contentStart).value] == kind
    }

    /// Whether what ends at `end` waits for more: a comma, an open bracket, a slash.
    private static func isOpen(at end: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        [UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: "/"), UInt8(ascii: "&")].contains(bytes[end - 1])
    }

    /// Whether what ends at `end` is a sentence or a label.
    private static func isStop(at end: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        [UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: ";")]
            .contains(bytes[end - 1])
    }

    // MARK: List items

    /// Where the bullet or number at the start of a line ends: `-`, `*`, `•`, `1.`, `2)`, `(3)`, `#4`, `a)`.
    private static func markerEnd(of line: TextLine, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
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
        let bullets: [UInt32] = [
            0xB7, 0x2013, 0x2014, 0x2022, 0x2023, 0x2043, 0x25A0, 0x25AA, 0x25CF, 0x25E6, 0x25CB, 0x25BA, 0x27A2,
            0xF0B7,
        ]
        return bullets.contains(value) ? start + count : nil
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
