import ClinicalText
import Lexicons

/// The mentions that lexicons find, as a source of features.
public struct LexiconMentions: MentionSource {
    private let matcher: LexiconMatcher

    /// Makes a source of a matcher's lexicons; terms without a type count under the name of their lexicon.
    public init(_ matcher: LexiconMatcher) { self.matcher = matcher }

    /// The mentions in a document, those of each lexicon the longest ones.
    public func mentions(in document: SegmentedDocument) -> [(tokens: Range<Int>, type: String)] {
        matcher.matches(in: document).map { match in
            let lexicon = matcher.lexicons[match.lexicon]
            return (match.tokens, lexicon.entries[match.entry].type ?? lexicon.name)
        }
    }
}
