import ClinicalText

/// The tokens and sentences that a file with a token a line gives a document, kept in its metadata so that they survive
/// a way through other formats.
///
/// Mostly the text tells: tokens between blanks, sentences between line feeds. Only what differs is written out.
struct TokenLayout: Equatable {
    /// Of a document: `blanks`, or the tokens as `START:END` in code points, with blanks between them.
    static let tokensKey = "tokens.spans"
    /// Of a document: which tokens begin a sentence, where line feeds do not tell.
    static let sentencesKey = "tokens.sentences"

    /// In the order of the text.
    var tokens: [TextSpan]
    /// The tokens that begin sentences, in ascending order, the first token among them.
    var sentenceStarts: [Int]

    /// The metadata that give this layout back for `text`.
    func metadata(for text: String) -> [String: String] {
        let implied = Self.implied(by: text)
        if self == implied { return [Self.tokensKey: "blanks"] }
        var metadata: [String: String] = [:]
        if tokens == implied.tokens {
            metadata[Self.tokensKey] = "blanks"
        } else {
            let offsets = TextOffsets(text)
            metadata[Self.tokensKey] = tokens.map { span in
                let range = offsets.codePoints(of: span)
                return "\(range.lowerBound):\(range.upperBound)"
            }.joined(separator: " ")
        }
        if sentenceStarts != Self.sentenceStarts(of: tokens, in: text) {
            metadata[Self.sentencesKey] = sentenceStarts.map(String.init).joined(separator: " ")
        }
        return metadata
    }

    /// The layout that a document remembers; nothing if it has none, or one that is not of its text.
    static func stored(in document: Document) -> TokenLayout? {
        guard let stored = document.metadata[tokensKey] else { return nil }
        let tokens: [TextSpan]
        if stored == "blanks" {
            tokens = implied(by: document.text).tokens
        } else {
            let offsets = TextOffsets(document.text)
            var previousEnd = 0
            var spans: [TextSpan] = []
            for token in stored.utf8.split(separator: UInt8(ascii: " ")) {
                let ends = token.split(separator: UInt8(ascii: ":")).map { Int(Substring($0)) }
                guard ends.count == 2, let start = ends[0], let end = ends[1], start < end, start >= previousEnd,
                    let span = offsets.span(ofCodePoints: start, end)
                else { return nil }
                previousEnd = end
                spans.append(span)
            }
            tokens = spans
        }
        guard let stored = document.metadata[sentencesKey] else {
            return TokenLayout(tokens: tokens, sentenceStarts: sentenceStarts(of: tokens, in: document.text))
        }
        let starts = stored.utf8.split(separator: UInt8(ascii: " ")).compactMap { Int(Substring($0)) }
        guard zip(starts, starts.dropFirst()).allSatisfy({ $0 < $1 }), starts.allSatisfy(tokens.indices.contains)
        else { return nil }
        return TokenLayout(tokens: tokens, sentenceStarts: starts)
    }

    /// A document's own layout, or that of a splitter with a sentence a line of the text.
    static func of(_ document: Document, splitter: TokenSplitter) -> TokenLayout {
        if let stored = stored(in: document) { return stored }
        let tokens = splitter.split(document.text)
        return TokenLayout(tokens: tokens, sentenceStarts: sentenceStarts(of: tokens, in: document.text))
    }

    /// Tokens between blanks and line feeds, and a sentence a line.
    private static func implied(by text: String) -> TokenLayout {
        var tokens: [TextSpan] = []
        var start: Int?
        var offset = 0
        for byte in text.utf8 {
            let isGap = byte == 0x20 || byte == 0x0A
            if isGap, let first = start {
                tokens.append(TextSpan(start: first, end: offset))
                start = nil
            } else if !isGap && start == nil {
                start = offset
            }
            offset += 1
        }
        if let start { tokens.append(TextSpan(start: start, end: offset)) }
        return TokenLayout(tokens: tokens, sentenceStarts: sentenceStarts(of: tokens, in: text))
    }

    /// The first token and those with a line feed before them.
    private static func sentenceStarts(of tokens: [TextSpan], in text: String) -> [Int] {
        var starts: [Int] = []
        var text = text
        text.withUTF8 { bytes in
            var previousEnd = 0
            for (index, token) in tokens.enumerated() {
                if index == 0 || bytes[previousEnd..<token.start].contains(0x0A) { starts.append(index) }
                previousEnd = token.end
            }
        }
        return starts
    }
}
