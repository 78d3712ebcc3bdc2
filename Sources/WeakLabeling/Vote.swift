/// What one labeling function says about a run of tokens; where it says nothing it abstains.
public struct Vote: Hashable, Sendable {
    /// The tokens of the document it speaks about.
    public var tokens: Range<Int>
    /// The entity type, or nothing for the explicit vote "outside", which is not an abstention.
    public var type: String?
    /// The function and, where there is one, the line behind the vote: `lexicon/diseases:412`, `regex/dose_with_unit`.
    public var evidence: String
    /// The concept's code as `SOURCE:CODE`, where the lexicon has one.
    public var code: String?

    /// Makes a vote.
    public init(tokens: Range<Int>, type: String?, evidence: String, code: String? = nil) {
        self.tokens = tokens
        self.type = type
        self.evidence = evidence
        self.code = code
    }
}
