/// What one labeling function says about a run of tokens of a sequence.
public struct SpanVote: Hashable, Sendable {
    /// The function's number.
    public var function: Int
    /// The tokens; at least one.
    public var tokens: Range<Int>
    /// ``LabelMatrix/outside``, or the place of a type plus one.
    public var label: Int
    /// Whether the vote says that the tokens are no mention of the label; what else they are, it leaves open.
    public var isAgainst: Bool
    /// How much the vote counts; 1 is a whole vote.
    public var strength: Double

    /// Makes a vote.
    public init(function: Int, tokens: Range<Int>, label: Int, isAgainst: Bool = false, strength: Double = 1) {
        self.function = function
        self.tokens = tokens
        self.label = label
        self.isAgainst = isAgainst
        self.strength = strength
    }
}
