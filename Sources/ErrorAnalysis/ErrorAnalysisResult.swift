import Evaluation

/// Where a tagger fails: outcomes, buckets, confusion, costly surfaces and examples. Holds text of the notes.
public struct ErrorAnalysisResult: Codable, Hashable, Sendable {
    /// How often each outcome occurred for one type, which is the gold type where there is one.
    public struct TypeOutcomes: Codable, Hashable, Sendable {
        /// The entity type.
        public var type: String
        /// In the order of ``Outcome``'s cases.
        public var counts: [Int]

        /// Makes the outcomes of a type.
        public init(type: String, counts: [Int]) {
            self.type = type
            self.counts = counts
        }

        /// How often one outcome occurred.
        public subscript(outcome: Outcome) -> Int {
            Outcome.allCases.firstIndex(of: outcome).map { counts[$0] } ?? 0
        }
    }

    /// How often one kind of wrong boundary occurred.
    public struct BoundaryCount: Codable, Hashable, Sendable {
        /// The kind.
        public var kind: BoundaryError
        /// The pairs, of the same type or not.
        public var count: Int

        /// Makes a count.
        public init(kind: BoundaryError, count: Int) {
            self.kind = kind
            self.count = count
        }
    }

    /// A way of writing mentions, and what it costs.
    public struct CostlySurface: Codable, Hashable, Sendable {
        /// In lower case, white space as one blank.
        public var surface: String
        /// The types it has in gold and predictions, sorted.
        public var types: [String]
        /// Its gold mentions and predictions.
        public var counts: Counts

        /// Makes a costly surface.
        public init(surface: String, types: [String], counts: Counts) {
            self.surface = surface
            self.types = types
            self.counts = counts
        }

        /// Gold mentions not found and predictions that are wrong.
        public var cost: Int { counts.falsePositives + counts.falseNegatives }
    }

    /// The number of documents.
    public var documents: Int
    /// What happened to the mentions of each type.
    public var outcomes: [TypeOutcomes]
    /// How boundaries were wrong, in the order of ``BoundaryError``'s cases.
    public var boundaries: [BoundaryCount]
    /// Scores by properties of the mentions.
    public var tables: [BucketTable]
    /// Gold types against predicted types.
    public var confusion: ConfusionMatrix
    /// The surfaces that cost most, dearest first.
    public var costlySurfaces: [CostlySurface]
    /// Examples of each kind of error, spread over the documents.
    public var examples: [ErrorExample]

    /// Makes a result.
    public init(
        documents: Int, outcomes: [TypeOutcomes], boundaries: [BoundaryCount], tables: [BucketTable],
        confusion: ConfusionMatrix, costlySurfaces: [CostlySurface], examples: [ErrorExample]
    ) {
        self.documents = documents
        self.outcomes = outcomes
        self.boundaries = boundaries
        self.tables = tables
        self.confusion = confusion
        self.costlySurfaces = costlySurfaces
        self.examples = examples
    }

    /// How often an outcome occurred, over all types.
    public func count(of outcome: Outcome) -> Int { outcomes.map { $0[outcome] }.reduce(0, +) }

    /// The table of a facet.
    public func table(_ facet: BucketTable.Facet) -> BucketTable? { tables.first { $0.facet == facet } }
}
