import ClinicalText

/// Divides documents into sections, sentences and tokens, with exact spans into the text as read.
public struct DocumentSegmenter: Sendable {
    private let sectionSplitter: SectionSplitter
    private let sentenceSplitter = SentenceSplitter()
    private let wordSplitter: WordSplitter

    /// Makes a segmenter that knows the section headers of a file, or none, and parts words as configured.
    public init(sectionHeaders: SectionHeaders, words: WordSplitter.Configuration = WordSplitter.Configuration()) {
        sectionSplitter = SectionSplitter(headers: sectionHeaders)
        wordSplitter = WordSplitter(configuration: words)
    }

    /// The document with its division.
    public func segment(_ document: Document) -> SegmentedDocument {
        SegmentedDocument(document: document, segmentation: segmentation(of: document.text))
    }

    /// The division of a text.
    public func segmentation(of text: String) -> Segmentation {
        var text = text
        return text.withUTF8 { bytes in
            let lines = TextLine.lines(of: bytes)
            let style = TextStyle(bytes)
            let sections = sectionSplitter.sections(of: bytes, lines: lines, style: style)
            let tokens = wordSplitter.tokens(of: bytes)
            let sentences = sentenceSplitter.sentences(
                of: bytes, lines: lines, sections: sections, tokens: tokens, style: style)
            return Segmentation(sections: sections, sentences: sentences, tokens: tokens)
        }
    }
}
