import ClinicalText
import Lexicons
import TextProcessing

/// The mentions that lexicons find, as a source of features.
public struct LexiconMentions: MentionSource {
    private let matcher: LexiconMatcher
    private let normalizer = TextNormalizer()

    /// Makes a source of a matcher's lexicons; terms without a type count under the name of their lexicon.
    public init(_ matcher: LexiconMatcher) { self.matcher = matcher }

    /// The mentions in a document, those of each lexicon the longest ones.
    public func mentions(in document: SegmentedDocument) -> [(tokens: Range<Int>, type: String)] {
        let normalized = normalizer.normalize(document.document.text)
        let tokens = document.segmentation.tokens.map { normalized.normalized(of: $0.span) }
        var text = normalized.text
        let matches = text.withUTF8 { bytes in
            matcher.matches(
                in: FoldedWords(normalized: bytes, tokens: tokens), text: bytes,
                sentences: document.segmentation.sentences)
        }
        return matches.map { match in
            let lexicon = matcher.lexicons[match.lexicon]
            return (match.tokens, lexicon.entries[match.entry].type ?? lexicon.name)
        }
    }
}
