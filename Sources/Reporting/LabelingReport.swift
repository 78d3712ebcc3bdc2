import ErrorAnalysis
import Evaluation

/// What the labeling report shows: what each labeling function did, and what came of it.
public struct LabelingReport: Sendable {
    /// What votes of one function are worth against gold.
    public struct Agreement: Sendable {
        /// Votes for spans, and the gold mentions of the function's types.
        public var spans: Counts
        /// Votes that begin before the mention they overlap, within it, end within it, and end behind it.
        public var leftTooEarly, leftTooLate, rightTooEarly, rightTooLate: Int
        /// Spans by their number of tokens: `1`, `2`, `3`, `4+`.
        public var byLength: [String: Counts]
        /// Spans that are `abbreviations`, and `other mentions`.
        public var byKind: [String: Counts]
        /// Some votes that are not as gold has it.
        public var examples: [ErrorExample]

        /// Makes an agreement.
        public init(
            spans: Counts, leftTooEarly: Int, leftTooLate: Int, rightTooEarly: Int, rightTooLate: Int,
            byLength: [String: Counts], byKind: [String: Counts], examples: [ErrorExample]
        ) {
            self.spans = spans
            self.leftTooEarly = leftTooEarly
            self.leftTooLate = leftTooLate
            self.rightTooEarly = rightTooEarly
            self.rightTooLate = rightTooLate
            self.byLength = byLength
            self.byKind = byKind
            self.examples = examples
        }
    }

    /// One labeling function.
    public struct Function: Sendable {
        /// What the table of functions says of it.
        public var row: LabelingTable.Row
        /// Against gold, where there is gold and the function votes.
        public var agreement: Agreement?
        /// How much the strict F1 of the silver entities falls without it.
        public var marginalGain: Double?

        /// Makes a function.
        public init(row: LabelingTable.Row, agreement: Agreement? = nil, marginalGain: Double? = nil) {
            self.row = row
            self.agreement = agreement
            self.marginalGain = marginalGain
        }
    }

    /// Two functions that speak about the same tokens.
    public struct Pair: Sendable {
        /// The functions' names.
        public var first, second: String
        /// The share of the tokens of the one that speaks less about which both say the same.
        public var redundancy: Double

        /// Makes a pair.
        public init(first: String, second: String, redundancy: Double) {
            self.first = first
            self.second = second
            self.redundancy = redundancy
        }
    }

    /// An abbreviation of several senses.
    public struct Abbreviation: Sendable {
        /// The abbreviation.
        public var name: String
        /// How often it stands for each sense.
        public var senses: [String: Int]
        /// Occurrences that nothing near them decided.
        public var undecided: Int

        /// Makes an abbreviation.
        public init(name: String, senses: [String: Int], undecided: Int) {
            self.name = name
            self.senses = senses
            self.undecided = undecided
        }
    }

    /// The run's title.
    public var title: String
    /// The run's name.
    public var runName: String
    /// How many notes were labeled, and how many with gold were compared with.
    public var notes, goldNotes: Int
    /// The share of tokens that any function speaks about.
    public var coverage: Double
    /// The types with their silver entities and, where there is gold, what the silver ones are worth there.
    public var types: [(name: String, silver: Int, counts: Counts?)]
    /// The functions in the order of the labeler.
    public var functions: [Function]
    /// Pairs of functions.
    public var pairs: [Pair]
    /// Ambiguous abbreviations.
    public var abbreviations: [Abbreviation]

    /// Makes a report.
    public init(
        title: String, runName: String, notes: Int, goldNotes: Int, coverage: Double,
        types: [(name: String, silver: Int, counts: Counts?)], functions: [Function], pairs: [Pair],
        abbreviations: [Abbreviation]
    ) {
        self.title = title
        self.runName = runName
        self.notes = notes
        self.goldNotes = goldNotes
        self.coverage = coverage
        self.types = types
        self.functions = functions
        self.pairs = pairs
        self.abbreviations = abbreviations
    }
}
