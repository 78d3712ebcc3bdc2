import Evaluation

/// What each labeling function did on a corpus.
public struct LabelingAnalysis: Codable, Hashable, Sendable {
    /// One function's row.
    public struct Function: Codable, Hashable, Sendable {
        /// The function's name.
        public var name: String
        /// The types it voted for, with `outside` where it did; sorted.
        public var types: [String]
        /// How many spans it voted for.
        public var votes = 0
        /// Tokens it voted on.
        public var votedTokens = 0
        /// Tokens it and at least one other function voted on.
        public var overlappingTokens = 0
        /// Tokens on which another function voted differently.
        public var conflictingTokens = 0
        /// How often the label model believes it; nothing if it never voted.
        public var estimatedAccuracy: Double?
        /// Against gold entities, where there are some.
        public var gold: GoldAgreement?
        /// How much the strict F1 of the silver entities falls when the function's votes are left out, where that was asked
        /// for; negative if it rises.
        public var marginalGain: Double?
    }

    /// How a function's votes compare with gold entities.
    public struct GoldAgreement: Codable, Hashable, Sendable {
        /// Tokens: right where the gold type is the voted one, or outside; missed are gold tokens of its types.
        public var tokens = Counts()
        /// Spans: right where a gold entity has the same tokens and type; votes for "outside" do not count.
        public var spans = Counts()
        /// Where votes begin and end beside the mentions that they overlap.
        public var boundary = BoundaryErrors()
        /// Spans by their number of tokens: `1`, `2`, `3`, `4+`.
        public var byLength: [String: Counts] = [:]
        /// Spans that are `abbreviations`, and `other mentions`.
        public var byKind: [String: Counts] = [:]
        /// Some votes that are not as gold has it.
        public var examples: [VoteExample] = []
    }

    /// All tokens of the corpus.
    public var tokenCount = 0
    /// Tokens with at least one vote.
    public var votedTokenCount = 0
    /// One row a function, in the order of the labeler.
    public var functions: [Function] = []
    /// Silver entities a type.
    public var silverCounts: [String: Int] = [:]
    /// Entities left out because their probability was too low.
    public var belowMinimumProbability = 0
    /// Entities left out because only punctuation and function words were left of them.
    public var emptied = 0
    /// The silver entities against gold, a type, where there is gold.
    public var silver: [String: Counts]?
    /// The pairs of functions that speak about the same tokens, those with the most shared tokens first.
    public var pairs: [FunctionPair] = []
    /// The abbreviations of several senses that documents do not explain, by abbreviation.
    public var abbreviations: [AbbreviationSummary] = []

    /// Share of all tokens that a function voted on.
    public func coverage(of function: Function) -> Double { share(function.votedTokens) }

    /// Share of all tokens that a function and another one voted on.
    public func overlap(of function: Function) -> Double { share(function.overlappingTokens) }

    /// Share of all tokens on which a function and another one disagree.
    public func conflict(of function: Function) -> Double { share(function.conflictingTokens) }

    private func share(_ count: Int) -> Double { tokenCount > 0 ? Double(count) / Double(tokenCount) : 0 }
}
