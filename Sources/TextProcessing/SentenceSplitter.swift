import ClinicalText

/// Divides a note into sentences and list items.
///
/// The stops of Unicode Standard Annex #29 are read with the habits of clinical notes: a header is a sentence of its own,
/// list items, rows of tables and blank lines begin a new one, the ends of short lines end one, wrapped prose is joined,
/// abbreviations, initials and list numbers do not end one, and a de-identification mark is never cut. Notes in capitals,
/// notes whose sentences begin in lower case and tokenized notes are recognized as such. A run of more than
/// ``maxTokens`` tokens without a stop is cut at its line ends.
public struct SentenceSplitter: Sendable {
    /// The most tokens a sentence holds if it has line ends to be cut at.
    public static let maxTokens = 200

    /// Makes a splitter.
    public init() {}

    /// The sentences of a text that is divided into sections and tokens already, in order; they hold all tokens.
    public func sentences(of text: String, sections: [Section], tokens: [Token]) -> [Sentence] {
        var text = text
        return text.withUTF8 {
            sentences(
                of: $0, lines: TextLine.lines(of: $0), sections: sections, tokens: tokens, style: TextStyle($0))
        }
    }

    func sentences(
        of bytes: UnsafeBufferPointer<UInt8>, lines: [TextLine], sections: [Section], tokens: [Token],
        style: TextStyle
    ) -> [Sentence] {
        if tokens.isEmpty { return [] }
        return SentenceClass.withASCII { ascii in
            var scan = SentenceScan(
                bytes: bytes, ascii: ascii, lines: lines, sections: sections, tokens: tokens, style: style)
            scan.run(sections: sections)
            return scan.sentences()
        }
    }
}
