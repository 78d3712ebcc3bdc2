/// What an official scorer says about a set of predictions.
public struct OfficialResult: Codable, Hashable, Sendable {
    /// The scorer.
    public var scorer: OfficialScorer
    /// The variant of it that was asked for; `official` where there is only one.
    public var variant: String
    /// Which published script the rules are those of.
    public var source: String
    /// How many documents were scored.
    public var documents: Int
    /// The figures, in the order of the script's output.
    public var measures: [ScorerMeasure] = []
    /// Figures that are neither precision nor recall, by name: `Leak`.
    public var values: [String: Double] = [:]
    /// What the scorer did not look at, in words with counts.
    public var notes: [String] = []

    init(scorer: OfficialScorer, variant: String, documents: Int) {
        self.scorer = scorer
        self.variant = variant
        source = scorer.source
        self.documents = documents
    }

    /// The measure of a name.
    public func measure(_ name: String, _ average: ScorerMeasure.Average = .micro) -> ScorerMeasure? {
        measures.first { $0.name == name && $0.average == average }
    }

    /// Says how many parts of a kind the scorer did not look at, if there are any.
    mutating func note(_ count: Int, _ what: String) {
        if count > 0 { notes.append("\(count) \(what)") }
    }
}
