/// A path through a sequence with its score.
public struct ScoredPath: Hashable, Sendable {
    /// The tags, one a step.
    public var tags: [Int]
    /// The sum of its emissions and transitions, not normalized: less the log partition it is the log probability.
    public var score: Double

    /// Makes a path.
    public init(tags: [Int], score: Double) {
        self.tags = tags
        self.score = score
    }
}
