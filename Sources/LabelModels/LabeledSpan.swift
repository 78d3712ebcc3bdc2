/// A mention that a label model found.
public struct LabeledSpan: Hashable, Sendable {
    /// The tokens.
    public var tokens: Range<Int>
    /// The place of the type plus one.
    public var label: Int
    /// How probable it is that just these tokens are a mention of this type.
    public var probability: Double

    /// Makes a span.
    public init(tokens: Range<Int>, label: Int, probability: Double) {
        self.tokens = tokens
        self.label = label
        self.probability = probability
    }
}
