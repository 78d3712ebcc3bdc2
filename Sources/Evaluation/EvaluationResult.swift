/// How well predictions agree with gold, for each type and in total.
public struct EvaluationResult: Codable, Hashable, Sendable {
    /// The result for one entity type.
    public struct TypeResult: Codable, Hashable, Sendable {
        /// The entity type.
        public var type: String
        /// Its counts over all documents.
        public var counts: Counts
        /// Its intervals; nothing when none were asked for.
        public var intervals: ScoreIntervals?

        /// Makes the result for one type.
        public init(type: String, counts: Counts, intervals: ScoreIntervals? = nil) {
            self.type = type
            self.counts = counts
            self.intervals = intervals
        }
    }

    /// Unweighted means over the types that occur in gold or predictions.
    public struct MacroAverage: Codable, Hashable, Sendable {
        /// The mean precision.
        public var precision: Double
        /// The mean recall.
        public var recall: Double
        /// The mean of the F1 scores.
        public var f1: Double

        /// Makes the means of the results for each type.
        public init(of types: [TypeResult]) {
            let counts = types.map(\.counts).filter { $0.gold + $0.predicted > 0 }
            let count = Double(max(counts.count, 1))
            precision = counts.map(\.precision).reduce(0, +) / count
            recall = counts.map(\.recall).reduce(0, +) / count
            f1 = counts.map(\.f1).reduce(0, +) / count
        }
    }

    /// How the intervals were made.
    public struct Bootstrap: Codable, Hashable, Sendable {
        /// The number of resampled document sets.
        public var samples: Int
        /// The seed of the resampling.
        public var seed: UInt64
        /// The share of samples within an interval, 0.95.
        public var level: Double

        /// Describes a bootstrap.
        public init(samples: Int, seed: UInt64, level: Double) {
            self.samples = samples
            self.seed = seed
            self.level = level
        }
    }

    /// What counted as a match.
    public var rule: MatchingRule
    /// The number of documents.
    public var documents: Int
    /// Each type, in the order they were asked for.
    public var types: [TypeResult]
    /// All types together, every mention weighing the same.
    public var micro: Counts
    /// The intervals of `micro`; nothing when none were asked for.
    public var microIntervals: ScoreIntervals?
    /// All types together, every type weighing the same.
    public var macro: MacroAverage
    /// How the intervals were made; nothing when none were asked for.
    public var bootstrap: Bootstrap?
    /// Gold entities of types that were not evaluated, by type.
    public var goldOfOtherTypes: [String: Int]
    /// Predicted entities of types that were not evaluated, by type.
    public var predictedOfOtherTypes: [String: Int]

    /// Makes a result; totals follow from the types.
    public init(
        rule: MatchingRule, documents: Int, types: [TypeResult], microIntervals: ScoreIntervals? = nil,
        bootstrap: Bootstrap? = nil, goldOfOtherTypes: [String: Int] = [:], predictedOfOtherTypes: [String: Int] = [:]
    ) {
        self.rule = rule
        self.documents = documents
        self.types = types
        micro = types.map(\.counts).reduce(Counts(), +)
        self.microIntervals = microIntervals
        macro = MacroAverage(of: types)
        self.bootstrap = bootstrap
        self.goldOfOtherTypes = goldOfOtherTypes
        self.predictedOfOtherTypes = predictedOfOtherTypes
    }
}
