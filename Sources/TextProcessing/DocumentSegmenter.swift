import ClinicalText

/// Divides documents into sections, sentences and tokens, with exact spans into the text as read.
public struct DocumentSegmenter: Sendable {
    private let sectionSplitter: SectionSplitter
    private let sentenceSplitter = SentenceSplitter()
    private let wordSplitter = WordSplitter()

    /// Makes a segmenter that knows the section headers of a file, or none.
    public init(sectionHeaders: SectionHeaders) {
        sectionSplitter = SectionSplitter(headers: sectionHeaders)
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
            let sections = sectionSplitter.sections(of: bytes, lines: lines)
            let tokens = wordSplitter.tokens(of: bytes)
            let sentences = sentenceSplitter.sentences(of: bytes, lines: lines, sections: sections, tokens: tokens)
            return Segmentation(sections: sections, sentences: sentences, tokens: tokens)
        }
    }
}
