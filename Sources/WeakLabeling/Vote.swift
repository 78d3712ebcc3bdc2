/// What one labeling function says about a run of tokens; where it says nothing it abstains.
public struct Vote: Hashable, Sendable {
    /// What a vote says of its tokens.
    public enum Claim: Hashable, Sendable {
        /// They are a mention of this type.
        case type(String)
        /// They are outside all mentions, which is not an abstention.
        case outside
        /// They are no mention of this type; what else they are is left open.
        case against(String)
    }

    /// The tokens of the document it speaks about.
    public var tokens: Range<Int>
    /// What it says of them.
    public var claim: Claim
    /// How much it counts for a label model that weighs votes; 1 is a whole vote.
    public var strength: Double
    /// Why: the function and, where there is one, the line behind the vote: `lexicon/diseases:412`,
    /// `regex/dose_with_unit`.
    public var evidence: String
    /// The concept's code as `SOURCE:CODE`, where the lexicon has one.
    public var code: String?

    /// The type voted for, if any.
    public var type: String? { if case .type(let type) = claim { type } else { nil } }

    /// Makes a vote.
    public init(tokens: Range<Int>, claim: Claim, strength: Double = 1, evidence: String, code: String? = nil) {
        self.tokens = tokens
        self.claim = claim
        self.strength = strength
        self.evidence = evidence
        self.code = code
    }

    /// Makes a vote for a type or, without one, for outside.
    public init(tokens: Range<Int>, type: String?, strength: Double = 1, evidence: String, code: String? = nil) {
        self.init(
            tokens: tokens, claim: type.map { .type($0) } ?? .outside, strength: strength, evidence: evidence,
            code: code)
    }
}
