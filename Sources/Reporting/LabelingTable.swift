/// What each labeling function contributed, as the report shows it.
public struct LabelingTable: Codable, Hashable, Sendable {
    /// One labeling function.
    public struct Row: Codable, Hashable, Sendable {
        /// The function's name.
        public var function: String
        /// The types it votes for.
        public var types: [String]
        /// The spans it voted on.
        public var votes: Int
        /// The share of labeled units it votes on.
        public var coverage: Double
        /// The share on which another function votes too.
        public var overlap: Double
        /// The share on which another function votes otherwise.
        public var conflict: Double
        /// The label model's estimate; nothing when it has none.
        public var estimatedAccuracy: Double?
        /// Against gold, where there is gold.
        public var precision: Double?
        /// Against gold, where there is gold.
        public var recall: Double?

        /// Makes a row; shares lie in 0 … 1.
        public init(
            function: String, types: [String], votes: Int, coverage: Double, overlap: Double, conflict: Double,
            estimatedAccuracy: Double?, precision: Double? = nil, recall: Double? = nil
        ) {
            self.function = function
            self.types = types
            self.votes = votes
            self.coverage = coverage
            self.overlap = overlap
            self.conflict = conflict
            self.estimatedAccuracy = estimatedAccuracy
            self.precision = precision
            self.recall = recall
        }
    }

    /// The functions, in the order they were configured.
    public var rows: [Row]

    /// Makes a table.
    public init(rows: [Row]) {
        self.rows = rows
    }
}
