/// What one labeling function says about a run of tokens of a sequence.
public struct SpanVote: Hashable, Sendable {
    /// The function's number.
    public var function: Int
    /// The tokens; at least one.
    public var tokens: Range<Int>
    /// ``LabelMatrix/outside``, or the place of a type plus one.
    public var label: Int

    /// Makes a vote.
    public init(function: Int, tokens: Range<Int>, label: Int) {
        self.function = function
        self.tokens = tokens
        self.label = label
    }
}
