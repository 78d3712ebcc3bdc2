/// One line of an official scorer: precision, recall and F1 under one rule.
public struct ScorerMeasure: Codable, Hashable, Sendable {
    /// How documents are put together.
    public enum Average: String, Codable, Hashable, Sendable {
        /// Counts of all documents are added first.
        case micro
        /// Scores of the documents are averaged.
        case macro
    }

    /// What the scorer calls it: `Strict`, `HIPAA Token`, `Drug lenient`.
    public var name: String
    /// What counts as a match, in words.
    public var rule: String
    /// How documents are put together.
    public var average: Average
    /// The precision.
    public var precision: Double
    /// The recall.
    public var recall: Double
    /// The F1 score, as the scorer computes it.
    public var f1: Double
    /// What the figures were computed from; nothing for averages.
    public var counts: Counts?
    /// The standard deviation of the documents' precision, where the scorer prints it.
    public var precisionDeviation: Double?
    /// The standard deviation of the documents' recall, where the scorer prints it.
    public var recallDeviation: Double?
}
