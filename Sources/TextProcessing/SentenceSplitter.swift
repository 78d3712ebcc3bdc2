import ClinicalText
import ICU

/// Divides a note into sentences and list items.
///
/// ICU's sentence breaks (Unicode Standard Annex #29) are corrected for the habits of clinical notes: a header is a
/// sentence of its own, list items and blank lines begin a new one, the ends of short lines end one, wrapped prose is
/// joined, abbreviations, initials and list numbers do not end one, and a de-identification mark is never cut. A run
/// of more than ``maxTokens`` tokens without a stop is cut at its line ends.
public struct SentenceSplitter: Sendable {
    /// The most tokens a sentence holds if it has line ends to be cut at.
    public static let maxTokens = 200

    /// Makes a splitter.
    public init() {}

    /// The sentences of a text that is divided into sections and tokens already, in order; they hold all tokens.
    public func sentences(of text: String, sections: [Section], tokens: [Token]) -> [Sentence] {
        var text = text
        return text.withUTF8 {
            sentences(of: $0, lines: TextLine.lines(of: $0), sections: sections, tokens: tokens)
        }
    }

    func sentences(
        of bytes: UnsafeBufferPointer<UInt8>, lines: [TextLine], sections: [Section], tokens: [Token]
    ) -> [Sentence] {
        if tokens.isEmpty { return [] }
        var scan = SentenceScan(bytes: bytes, lines: lines, sections: sections, tokens: tokens)
        scan.addBreaks()
        scan.addHeaders(of: sections)
        scan.addTightStops()
        return scan.sentences()
    }
}

/// One walk over a text that collects which tokens begin a sentence.
private struct SentenceScan {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let layout: LineLayout
    private let tokens: [Token]
    /// The text with a blank for every line end that is no end of a sentence.
    private let unwrapped: [UInt8]
    private var begins: [Bool]

    init(bytes: UnsafeBufferPointer<UInt8>, lines: [TextLine], sections: [Section], tokens: [Token]) {
        self.bytes = bytes
        self.tokens = tokens
        layout = LineLayout(bytes: bytes, lines: lines, sections: sections)
        begins = [Bool](repeating: false, count: tokens.count)
        begins[0] = true
        var unwrapped = Array(bytes)
        for (line, goesOn) in zip(layout.lines, layout.goesOn) {
            // ICU takes a form feed for a blank.
            for offset in line.end..<line.next { unwrapped[offset] = goesOn ? 0x20 : 0x0A }
        }
        for token in tokens where bytes[token.span.start] == UInt8(ascii: "[") && token.span.count > 1 {
            for offset in token.span.range where unwrapped[offset] <= 0x20 { unwrapped[offset] = 0x20 }
        }
        self.unwrapped = unwrapped
    }

    // MARK: ICU's breaks

    mutating func addBreaks() {
        let breaks = unwrapped.withUnsafeBufferPointer { TextBreaks.sentences.offsets(in: $0) }
        let markerEnds = layout.markerEnds.compactMap { $0 }
        var marker = 0
        var token = 0
        for offset in breaks {
            while token < tokens.count, tokens[token].span.start < offset { token += 1 }
            guard token > 0, token < tokens.count else { continue }
            let last = tokens[token - 1].span
            if last.end > offset { continue }
            if !hasLineEnd(last.end..<tokens[token].span.start) {
                while marker < markerEnds.count, markerEnds[marker] < last.end { marker += 1 }
                let isMarker = marker < markerEnds.count && markerEnds[marker] == last.end
                if isMarker || isDoubt(before: token) || isAbbreviation(before: token) { continue }
            }
            begins[token] = true
        }
    }

    private func hasLineEnd(_ range: Range<Int>) -> Bool { range.contains { unwrapped[$0] == 0x0A } }

    /// Whether a question mark belongs to what follows it (`?UTI`).
    private func isDoubt(before token: Int) -> Bool {
        let last = tokens[token - 1].span
        return bytes[last.end - 1] == UInt8(ascii: "?") && tokens[token].span.start == last.end
    }

    /// Whether the dot before a token is an abbreviation's.
    private func isAbbreviation(before token: Int) -> Bool {
        let last = tokens[token - 1].span
        guard bytes[last.end - 1] == UInt8(ascii: ".") else { return false }
        if last.count > 1 {
            // A token that ends in a dot is a dotted abbreviation (`b.i.d.`).
            return SentenceAbbreviations.dotted.contains(lowered(last)) || !isStarter(token)
        }
        guard token >= 2, tokens[token - 2].span.end == last.start else { return false }
        let word = tokens[token - 2].span
        if word.count > 6 { return false }
        if word.count == 1, isCapital(bytes[word.start]) { return !isStarter(token) }
        let lowered = lowered(word)
        if SentenceAbbreviations.titles.contains(lowered) { return true }
        if SentenceAbbreviations.linking.contains(lowered) { return !isStarter(token) }
        return isDigit(bytes[tokens[token].span.start]) && SentenceAbbreviations.numeric.contains(lowered)
    }

    private func isStarter(_ token: Int) -> Bool {
        let span = tokens[token].span
        return span.count <= 8 && SentenceAbbreviations.starters.contains(string(span))
    }

    // MARK: Other beginnings

    /// A header begins a sentence, and so does what follows it.
    mutating func addHeaders(of sections: [Section]) {
        var token = 0
        for header in sections.lazy.compactMap(\.header) {
            for offset in [header.start, header.end] {
                while token < tokens.count, tokens[token].span.start < offset { token += 1 }
                if token < tokens.count { begins[token] = true }
            }
        }
    }

    /// A dot typed without a blank behind it (`no fever.Denies cough`) ends a sentence between a lower-case word and a
    /// capitalized one.
    mutating func addTightStops() {
        for token in tokens.indices.dropFirst(2) {
            let dot = tokens[token - 1].span
            guard dot.count == 1, bytes[dot.start] == UInt8(ascii: "."), tokens[token].span.start == dot.end else {
                continue
            }
            let left = tokens[token - 2].span
            let right = tokens[token].span
            if left.end == dot.start, left.count >= 3, right.count >= 2, isCapital(bytes[right.start]),
                bytes[left.range].allSatisfy(isLowerCase), isLowerCase(bytes[right.start + 1]),
                !SentenceAbbreviations.numeric.contains(lowered(left))
            {
                begins[token] = true
            }
        }
    }

    // MARK: The result

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

    // MARK: Bytes

    private func string(_ span: TextSpan) -> String { String(decoding: bytes[span.range], as: UTF8.self) }

    private func lowered(_ span: TextSpan) -> String { string(span).lowercased() }

    private func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

    private func isLowerCase(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
