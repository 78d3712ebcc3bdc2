/// Which matches a ``LexiconMatcher`` finds.
public struct LexiconMatching: Hashable, Sendable {
    /// Which of several matches at one place count.
    public enum Overlap: String, Codable, CaseIterable, Sendable {
        /// Of one lexicon the longest, from left to right, of several entries the nearest and then the first.
        case longest
        /// Every entry at every place.
        case all
    }

    /// How far a mention may differ from the term. A blank for a hyphen and the other way round always match, and so do
    /// ``MatchVariant/exact`` and ``MatchVariant/inflection``.
    public var variants: Set<MatchVariant>
    /// Which of several matches at one place count.
    public var overlap: Overlap
    /// Words in lower case that are no misspelled terms, besides those that are known to be common.
    public var commonWords: Set<String>

    /// Exact and inflected mentions, the longest of each lexicon, unless told otherwise.
    public init(
        variants: Set<MatchVariant> = [.exact, .inflection], overlap: Overlap = .longest,
        commonWords: Set<String> = []
    ) {
        self.variants = variants
        self.overlap = overlap
        self.commonWords = commonWords
    }

    /// Everything that may be found.
    public static let allVariants = LexiconMatching(variants: Set(MatchVariant.allCases))
}
