/// By what units pieces are masked: how often, against each other, whole words, spans of words and entities are drawn.
public struct MaskingMixture: Hashable, Sendable, Codable {
    /// Single words with all their pieces.
    public var words = 1.0
    /// Runs of words, of one to ten, 3.8 in the mean.
    public var spans = 0.0
    /// Whole silver entities; in windows without one that is still open, words are drawn instead.
    public var entities = 0.0

    /// Whole words only.
    public init() {}

    /// Makes a mixture of weights, of which none is negative and one at least is more than 0.
    public init(words: Double, spans: Double, entities: Double) {
        self.words = words
        self.spans = spans
        self.entities = entities
    }
}
