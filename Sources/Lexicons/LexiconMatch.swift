/// A term of a lexicon found in a document.
public struct LexiconMatch: Hashable, Sendable {
    /// The place of the lexicon in the matcher's list.
    public var lexicon: Int
    /// The place of the entry in the lexicon.
    public var entry: Int
    /// The tokens it covers, whole.
    public var tokens: Range<Int>
    /// How the text differs from the term.
    public var variant: MatchVariant

    /// Makes a match.
    public init(lexicon: Int, entry: Int, tokens: Range<Int>, variant: MatchVariant = .exact) {
        self.lexicon = lexicon
        self.entry = entry
        self.tokens = tokens
        self.variant = variant
    }
}
