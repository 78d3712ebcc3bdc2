import ClinicalText

/// What the line ends of a note mean: where a sentence must stop, and where prose was only wrapped.
struct LineLayout {
    /// Wrapped notes are rarely narrower; shorter lines end where their writer ended them.
    private static let narrowest = 50
    /// Narrower lines may be wrapped too, but only if the next one goes on in lower case.
    private static let narrowestWrapped = 40
    /// Below the text of shorter items stand lines of their own.
    private static let narrowestItem = 40
    /// Shorter lines are labels or items, however they begin.
    private static let shortest = 30
    /// Typewriter-like output ends at 132 columns; longer lines are unwrapped paragraphs.
    static let widest = 132

    let lines: [TextLine]
    /// Whether the line goes on in the next one.
    let goesOn: [Bool]

    init(bytes: UnsafeBufferPointer<UInt8>, lines: [TextLine], sections: [Section], style: TextStyle) {
        self.lines = lines
        let traits = lines.map { LineTraits(of: $0, in: bytes) }
        var goesOn = [Bool](repeating: false, count: lines.count)
        let hasHeader = Self.headers(of: sections, lines: lines)
        let width = Self.wrapWidth(of: lines, traits: traits)
        var isInItem = false
        for index in lines.indices.dropLast() {
            let line = lines[index]
            if traits[index].markerEnd != nil { isInItem = true }
            if Self.isHard(index, lines: lines, traits: traits) || hasHeader[index + 1].starts || hasHeader[index].fills
            {
                isInItem = false
                continue
            }
            let next = traits[index + 1]
            let isFull = width.map { line.width <= $0 && line.width + 1 + next.firstWord > $0 } ?? false
            if isFull || Self.isOpen(line, in: bytes, style: style) {
                goesOn[index] = true
            } else if !Self.isStop(at: line.contentEnd, in: bytes) {
                // A capital begins prose; short lower-case lines below each other are a list without bullets.
                let isProse =
                    line.width >= Self.shortest
                    && (index > 0 && goesOn[index - 1] || traits[index].firstKind == WordClass.capital)
                let nextKind =
                    style.isInCapitals && next.firstKind == WordClass.capital && line.width >= Self.narrowest
                    ? WordClass.letter : next.firstKind
                goesOn[index] =
                    nextKind == WordClass.letter && (isInItem || isProse || line.width >= Self.narrowest)
                    || nextKind == WordClass.digit && line.width >= Self.narrowest
                    || Self.isHanging(index, lines: lines, traits: traits, in: bytes)
            }
            if !goesOn[index] { isInItem = false }
        }
        self.goesOn = goesOn
    }

    /// Whether nothing can go on over the end of a line: at blank lines, items, rows of tables and rules.
    private static func isHard(_ index: Int, lines: [TextLine], traits: [LineTraits]) -> Bool {
        let (line, next) = (traits[index], traits[index + 1])
        return lines[index].isBlank || lines[index + 1].isBlank || next.markerEnd != nil || line.isRow || next.isRow
            || line.isRule || next.isRule
    }

    /// Whether the next line stands below the text of a long item, right of its marker.
    private static func isHanging(
        _ index: Int, lines: [TextLine], traits: [LineTraits], in bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard var text = traits[index].markerEnd, lines[index].width >= narrowestItem else { return false }
        while text < lines[index].contentEnd, bytes[text] <= 0x20 { text += 1 }
        return lines[index + 1].contentStart - lines[index + 1].start == text - lines[index].start
    }

    /// For each line, whether a header starts in it, and whether the header is all there is in it.
    private static func headers(of sections: [Section], lines: [TextLine]) -> [(starts: Bool, fills: Bool)] {
        var result = [(starts: Bool, fills: Bool)](repeating: (false, false), count: lines.count)
        var index = 0
        for header in sections.lazy.compactMap(\.header) {
            while index < lines.count, lines[index].next <= header.start { index += 1 }
            guard index < lines.count else { break }
            let line = lines[index]
            // A header within a line does not make the line begin anew.
            result[index] = (
                result[index].starts || header.start == line.contentStart, header.end >= line.contentEnd
            )
        }
        return result
    }

    // MARK: Wrapping

    /// The width the note was wrapped to, or nothing if its lines end where their writer ended them.
    ///
    /// A line was wrapped at a width if it fits and would not with the next line's first word. The width with the most
    /// such lines counts, each line that is longer speaking against it; it takes three lines to make a case.
    private static func wrapWidth(of lines: [TextLine], traits: [LineTraits]) -> Int? {
        guard lines.count > 3 else { return nil }
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: widest + 2) { steps in
            // Differences of the votes between one width and the next.
            steps.initialize(repeating: 0)
            for (index, line) in lines.enumerated() where line.width >= narrowestWrapped {
                steps[narrowestWrapped] -= 1
                steps[min(line.width, widest + 1)] += 1
                guard line.width <= widest, index + 1 < lines.count, !isHard(index, lines: lines, traits: traits),
                    line.width >= narrowest || traits[index + 1].firstKind == WordClass.letter
                else { continue }
                steps[line.width] += 1
                steps[min(line.width + 1 + traits[index + 1].firstWord, widest + 1)] -= 1
            }
            var votes = 0
            var best = (votes: 2, width: Int?.none)
            for width in narrowestWrapped...widest {
                votes += steps[width]
                if votes > best.votes { best = (votes, width) }
            }
            return best.width
        }
    }

    // MARK: What stands at a line's end

    /// Whether a line waits for more: it ends in a comma, an open bracket, a slash, a title (`Dr.`) or a word that leads on
    /// (`and`, `of`).
    private static func isOpen(_ line: TextLine, in bytes: UnsafeBufferPointer<UInt8>, style: TextStyle) -> Bool {
        var end = line.contentEnd
        switch bytes[end - 1] {
        case UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: "/"), UInt8(ascii: "&"): return true
        default: break
        }
        let isTitle = bytes[end - 1] == UInt8(ascii: ".")
        if isTitle { end -= 1 }
        var start = end
        while start > line.contentStart, end - start <= 8, bytes[start - 1] | 0x20 >= 0x61,
            bytes[start - 1] | 0x20 <= 0x7A
        {
            start -= 1
        }
        guard start < end, start == line.contentStart || bytes[start - 1] <= 0x20 else { return false }
        if !isTitle, !style.isInCapitals, bytes[start] < 0x61 { return false }
        return SentenceWords.of(start..<end, in: bytes).contains(isTitle ? .title : .leadsOn)
    }

    /// Whether what ends at `end` is a sentence or a label.
    private static func isStop(at end: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        switch bytes[end - 1] {
        case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: ";"): true
        default: false
        }
    }
}
