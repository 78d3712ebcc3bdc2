import ClinicalText

/// One walk over the tokens of a text that collects which of them begin a sentence.
struct SentenceScan {
    /// The last stop, as long as only what belongs to it has followed: brackets, quotes, more stops.
    private struct Stop {
        var token: Int
        var isPeriod: Bool
        var isClosed = false
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let ascii: UnsafeBufferPointer<UInt8>
    private let tokens: [Token]
    private let layout: LineLayout
    private let style: TextStyle
    private var begins: [Bool]

    init(
        bytes: UnsafeBufferPointer<UInt8>, ascii: UnsafeBufferPointer<UInt8>, lines: [TextLine], sections: [Section],
        tokens: [Token], style: TextStyle
    ) {
        self.bytes = bytes
        self.ascii = ascii
        self.tokens = tokens
        self.style = style
        layout = LineLayout(bytes: bytes, lines: lines, sections: sections, style: style)
        begins = [Bool](repeating: false, count: tokens.count)
    }

    /// Finds the beginnings: headers and what follows them, hard line ends, and stops.
    mutating func run(sections: [Section]) {
        markHeaders(of: sections)
        begins[0] = true
        var line = 0
        var stop: Stop?
        for token in tokens.indices {
            let span = tokens[token].span
            if span.start >= layout.lines[line].next {
                var isHard = false
                repeat {
                    isHard = isHard || !layout.goesOn[line]
                    line += 1
                } while span.start >= layout.lines[line].next
                if isHard, token > 0, tokens[token - 1].span.end <= layout.lines[line].start { begins[token] = true }
            }
            let kind = SentenceClass.of(span, in: bytes, ascii: ascii)
            if begins[token] { stop = nil }
            if kind <= SentenceClass.digit, stop == nil {
                // Most tokens: a word in the middle of a sentence.
                if bytes[span.end - 1] == UInt8(ascii: "."), span.count > 1 {
                    stop = Stop(token: token, isPeriod: true)
                }
                continue
            }
            step(token, kind: kind, stop: &stop)
        }
    }

    /// Takes one token after a stop, or a mark.
    private mutating func step(_ token: Int, kind: UInt8, stop: inout Stop?) {
        let span = tokens[token].span
        let hasGap = token > 0 && tokens[token - 1].span.end < span.start
        if stop != nil {
            if kind == SentenceClass.closer || kind == SentenceClass.quote && !hasGap {
                stop?.isClosed = true
                return
            }
            if kind == SentenceClass.continuer {
                stop = nil
                return
            }
        }
        if kind == SentenceClass.period || kind == SentenceClass.stop {
            if let last = stop, hasGap, leadsWord(token) {
                begins[token] = ends(at: last, before: token + 1, kind: nil)
            }
            stop = Stop(token: token, isPeriod: kind == SentenceClass.period)
            return
        }
        if let last = stop, hasGap ? ends(at: last, before: token, kind: kind) : endsTightly(at: last, before: token) {
            begins[token] = true
        }
        let isDotted = span.count > 1 && bytes[span.end - 1] == UInt8(ascii: ".") && kind <= SentenceClass.digit
        stop = isDotted ? Stop(token: token, isPeriod: true) : nil
    }

    private mutating func markHeaders(of sections: [Section]) {
        var token = 0
        for header in sections.lazy.compactMap(\.header) {
            for offset in [header.start, header.end] {
                while token < tokens.count, tokens[token].span.start < offset { token += 1 }
                if token < tokens.count { begins[token] = true }
            }
        }
    }

    // MARK: Stops

    /// Whether a question mark stands right before a word (`cough. ?PE`).
    private func leadsWord(_ token: Int) -> Bool {
        let span = tokens[token].span
        return bytes[span.start] == UInt8(ascii: "?") && token + 1 < tokens.count
            && tokens[token + 1].span.start == span.end
    }

    /// Whether a stop with a gap behind it ends a sentence before a token.
    private func ends(at stop: Stop, before token: Int, kind known: UInt8?) -> Bool {
        var next = token
        var kind = known ?? SentenceClass.of(tokens[token].span, in: bytes, ascii: ascii)
        // What a bracket or quote holds decides.
        while kind == SentenceClass.opener || kind == SentenceClass.quote, next + 1 < tokens.count, next < token + 3 {
            next += 1
            kind = SentenceClass.of(tokens[next].span, in: bytes, ascii: ascii)
        }
        if !stop.isPeriod {
            return !(stop.isClosed && kind == SentenceClass.lower) && !isDoubt(stop.token)
        }
        if kind == SentenceClass.other { return false }
        if kind == SentenceClass.bullet { return true }
        if tokens[stop.token].span.count > 1 { return endsDotted(stop.token, before: next, kind: kind) }
        return stop.token == 0 || endsWord(stop.token - 1, before: next, kind: kind)
    }

    /// Whether a question mark belongs to what follows it (`Imp: ? UTI`).
    private func isDoubt(_ token: Int) -> Bool {
        guard bytes[tokens[token].span.start] == UInt8(ascii: "?") else { return false }
        if token == 0 || begins[token] { return true }
        let last = tokens[token - 1].span
        guard last.end < tokens[token].span.start else { return false }
        return !style.isTokenized || SentenceClass.of(last, in: bytes, ascii: ascii) > SentenceClass.digit
    }

    /// Whether the dot of a dotted abbreviation (`b.i.d.`) ends a sentence too.
    private func endsDotted(_ abbreviation: Int, before token: Int, kind: UInt8) -> Bool {
        guard kind == SentenceClass.capital else { return false }
        let span = tokens[abbreviation].span
        let letters = (bytes[span.start] | 0x20, bytes[span.end - 2] | 0x20)
        // `e.g.` and `i.e.` always lead on; from a time only a day or zone does.
        if span.count == 4, letters == (0x65, 0x67) || letters == (0x69, 0x65) { return false }
        if span.count == 4, letters == (0x61, 0x6D) || letters == (0x70, 0x6D) {
            return !SentenceWords.of(tokens[token].span.range, in: bytes).contains(.calendar)
        }
        return isStarter(token)
    }

    /// Whether the dot behind a word ends a sentence.
    private func endsWord(_ word: Int, before token: Int, kind: UInt8) -> Bool {
        let span = tokens[word].span
        let wordKind = SentenceClass.of(span, in: bytes, ascii: ascii)
        if wordKind == SentenceClass.digit, span.count <= 2, begins[word] { return false }
        let isLetter = wordKind == SentenceClass.lower || wordKind == SentenceClass.capital
        let known = isLetter ? SentenceWords.of(span.range, in: bytes) : []
        if known.contains(.title) { return false }
        let isApart = style.isTokenized && span.end < tokens[word + 1].span.start
        if isApart { return true }
        if isLetter, isInitial(word) || known.contains(.linking) { return isStarter(token) }
        switch kind {
        case SentenceClass.digit, SentenceClass.sign:
            return !known.contains(.numeric)
        case SentenceClass.lower:
            if isComplaint(token) { return true }
            let shortest = style.beginsInLowerCase ? 2 : 3
            if !known.isDisjoint(with: .abbreviation) || isLetter && span.count < shortest { return false }
            return style.beginsInLowerCase
                || SentenceWords.of(tokens[token].span.range, in: bytes).contains(.lowerStarter)
        default:
            return true
        }
    }

    /// Whether a word is a letter by itself, and neither a unit (`1.2 L.`) nor the end of something joined (`c/d/i.`).
    private func isInitial(_ word: Int) -> Bool {
        let span = tokens[word].span
        guard span.count == 1 else { return false }
        guard word > 0 else { return true }
        let last = tokens[word - 1].span
        return last.end < span.start && SentenceClass.of(last, in: bytes, ascii: ascii) != SentenceClass.digit
    }

    /// Whether `c/o` begins at a token.
    private func isComplaint(_ token: Int) -> Bool {
        let start = tokens[token].span.start
        return start + 3 <= bytes.count && bytes[start] == UInt8(ascii: "c") && bytes[start + 1] == UInt8(ascii: "/")
            && bytes[start + 2] == UInt8(ascii: "o")
    }

    private func isStarter(_ token: Int) -> Bool {
        let span = tokens[token].span
        guard isCapital(bytes[span.start]) else { return false }
        if span.count > 1, isCapital(bytes[span.start + 1]), !style.isInCapitals { return false }
        let known = SentenceWords.of(span.range, in: bytes)
        return known.contains(.starter) && !(style.isInCapitals && known.contains(.connecting))
    }

    /// Whether a stop typed without a blank behind it (`no fever.Denies cough`) ends a sentence: between a lower-case word,
    /// a number or a bracket and a capitalized word.
    private func endsTightly(at stop: Stop, before token: Int) -> Bool {
        let span = tokens[token].span
        guard stop.token > 0, !stop.isClosed, tokens[stop.token].span.count == 1, span.count >= 2,
            isCapital(bytes[span.start]), isLowerCase(bytes[span.start + 1])
        else { return false }
        let left = tokens[stop.token - 1].span
        guard left.end == tokens[stop.token].span.start else { return false }
        if bytes[left.start] == UInt8(ascii: ")") { return true }
        if bytes[left.range].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { return left.count > 1 && span.count >= 4 }
        return left.count >= 3 && bytes[left.range].allSatisfy(isLowerCase)
            && !SentenceWords.of(left.range, in: bytes).contains(.numeric)
    }

    private func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

    private func isLowerCase(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

    // MARK: The result

    /// The sentences, after ``run(sections:)``.
    func sentences() -> [Sentence] {
        var sentences: [Sentence] = []
        var start = 0
        for token in 1...tokens.count where token == tokens.count || begins[token] {
            if token - start > SentenceSplitter.maxTokens {
                appendCut(start..<token, to: &sentences)
            } else {
                append(start..<token, to: &sentences)
            }
            start = token
        }
        return sentences
    }

    /// Cuts a run at the line ends of the original text.
    private func appendCut(_ run: Range<Int>, to sentences: inout [Sentence]) {
        var start = run.lowerBound
        for token in run.dropFirst() {
            let gap = tokens[token - 1].span.end..<tokens[token].span.start
            if gap.contains(where: { bytes[$0] == 0x0A || bytes[$0] == 0x0D }) {
                append(start..<token, to: &sentences)
                start = token
            }
        }
        append(start..<run.upperBound, to: &sentences)
    }

    private func append(_ run: Range<Int>, to sentences: inout [Sentence]) {
        let span = TextSpan(start: tokens[run.lowerBound].span.start, end: tokens[run.upperBound - 1].span.end)
        sentences.append(Sentence(span: span, tokens: run))
    }
}
