import Lexicons

/// What labels weakly, and how the votes become silver entities: the section `label` of an experiment.
///
/// Paths are relative to the folder of the experiment's file.
public struct LabelingConfiguration: Codable, Hashable, Sendable {
    /// A lexicon file.
    public struct LexiconReference: Codable, Hashable, Sendable {
        /// The file's path; a compiled lexicon stays in its file and is searched there.
        public var path: String
        /// The entity type of its terms; nothing, or `outside`, if they are no entities.
        public var type: String?
        /// What the file is, where its name does not tell.
        public var format: LexiconFormat?
        /// How mentions may differ from terms, besides in case, plural, possessive and hyphens for blanks: `hyphen`,
        /// `wordOrder`, `spelling`, `edit`.
        public var variants: [MatchVariant]?
        /// The entity types of semantic types, semantic tags, subsets and ancestors.
        public var typeMapping: [String: String]?
        /// The semantic types, semantic tags, subsets or ancestors to keep.
        public var categories: [String]?
        /// The vocabularies to keep.
        public var sources: [String]?
        /// The term types or synonym scopes to keep.
        public var termTypes: [String]?
        /// The languages to keep.
        public var languages: [String]?
        /// Our columns, and what a table calls them.
        public var columns: [String: String]?
        /// What stands before the colon of codes that have none.
        public var codePrefix: String?
        /// Whether terms that have the shape of an abbreviation match only in their case.
        public var acronymsInCase: Bool?
        /// For semantic types, semantic tags, subsets or ancestors how probable each entity type is: what is left is
        /// outside. A term votes for the most probable, as strongly as it is probable.
        public var classProbabilities: [String: [String: Double]]?

        /// Makes a reference.
        public init(path: String, type: String? = nil) {
            self.path = path
            self.type = type
        }
    }

    /// A table of modifiers, and which types they belong to.
    public struct ModifierReference: Codable, Hashable, Sendable {
        /// The table's path.
        public var path: String
        /// The entity types whose mentions take in these modifiers.
        public var types: [String]

        /// Makes a reference.
        public init(path: String, types: [String]) {
            self.path = path
            self.types = types
        }
    }

    /// Another model's predictions, or other annotations, of the notes.
    public struct PredictionReference: Codable, Hashable, Sendable {
        /// The path of a corpus.
        public var path: String
        /// What the function is called, `prediction/NAME`; by default the file's name.
        public var name: String?

        /// Makes a reference.
        public init(path: String, name: String? = nil) {
            self.path = path
            self.name = name
        }
    }

    /// How votes are combined.
    public enum LabelModelName: String, Codable, CaseIterable, Sendable {
        /// `MajorityVote`, where all votes count alike.
        case majority
        /// `MajorityVote`, where votes count by their strength.
        case weighted
        /// `AccuracyModel`.
        case accuracy
        /// `HiddenMarkovLabelModel`, which sees where votes begin and end, and a document as a sequence.
        case hmm
    }

    /// Tables of terms.
    public var lexicons: [LexiconReference] = []
    /// YAML files of pattern rules.
    public var rules: [String] = []
    /// Tables of words that stand beside a mention and belong to it.
    public var modifiers: [ModifierReference] = []
    /// Types whose mentions may share their head: `breast and ovarian cancer`.
    public var coordinatedTypes: [String] = []
    /// Types whose mentions are one where they stand side by side.
    public var mergedTypes: [String] = []
    /// A table of cues for what is negated, possible, hypothetical, past or somebody else's.
    public var contextCues: String?
    /// Sections that put all they hold into a context, by their normalized names.
    public var contextSections: [String: AssertionContext] = [
        "family_history": .family, "past_medical_history": .historical, "past_surgical_history": .historical,
    ]
    /// What is voted on mentions in a context.
    public var contextVotes: [ContextRule] = []
    /// A table of cues for what stands beside them.
    public var neighborCues: String?
    /// The type of the unknown items of a negated list; ignored where the experiment does not have it.
    public var negatedType = "Symptom"
    /// A table of abbreviations with their senses and types.
    public var abbreviations: String?
    /// What the items of sections begin with; by default drugs, where the experiment has the type `Medication`.
    public var sections: [SectionRule]?
    /// How sections speak for or against what is voted for in them.
    public var sectionPriors: [SectionPrior] = []
    /// Whether words that a function votes for are voted for wherever they stand in the document.
    public var documentConsistency = false
    /// Whether what is labeled somewhere in the corpus is labeled, with its variants, where nobody spoke about it.
    public var corpusConsistency = false
    /// Whether labels are carried between the long and the short forms that a document explains.
    public var abbreviationClosure = true
    /// Types whose mentions are also the compounds of their short form: `CsA-treated`.
    public var compoundTypes: [String] = []
    /// What other models predict.
    public var predictions: [PredictionReference] = []
    /// A table of votes by hand.
    public var handVotes: String?
    /// Factors of the strength of functions' votes, by the functions' names.
    public var strengths: [String: Double] = [:]
    /// How many train notes with gold entities hold the hidden Markov model to the truth; they are the first ones.
    public var anchorNotes = 0
    /// How many of the notes the label model learns from, drawn at random where there are more.
    public var learningNotes = 2000
    /// Whether the label step also writes what is known of each token: `silver/tokens.jsonl`.
    public var writesTokens = false
    /// What the types of lexicons and rules are called here: another type, `outside` or `abstain`. A function's name
    /// (`regex/biopsy_phrase`) instead of a type speaks of that function alone.
    public var typeMapping: [String: String] = [:]
    /// How votes are combined.
    public var labelModel = LabelModelName.accuracy
    /// How far the hidden Markov model discounts functions that repeat each other: 0 not at all, 1 as far as they do.
    public var correlationDiscount = 0.5
    /// Entities below this probability are left out, and counted.
    public var minimumProbability = 0.5
    /// Whether a vote that lies within a longer one of another type counts as an abstention.
    public var prefersLongerVotes = true

    /// Makes a configuration without sources.
    public init() {}

    /// Reads a configuration; what is missing has its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        lexicons = try values.decodeIfPresent([LexiconReference].self, forKey: .lexicons) ?? []
        rules = try values.decodeIfPresent([String].self, forKey: .rules) ?? []
        modifiers = try values.decodeIfPresent([ModifierReference].self, forKey: .modifiers) ?? []
        coordinatedTypes = try values.decodeIfPresent([String].self, forKey: .coordinatedTypes) ?? []
        mergedTypes = try values.decodeIfPresent([String].self, forKey: .mergedTypes) ?? []
        contextCues = try values.decodeIfPresent(String.self, forKey: .contextCues)
        contextSections =
            try values.decodeIfPresent([String: AssertionContext].self, forKey: .contextSections) ?? contextSections
        contextVotes = try values.decodeIfPresent([ContextRule].self, forKey: .contextVotes) ?? []
        neighborCues = try values.decodeIfPresent(String.self, forKey: .neighborCues)
        negatedType = try values.decodeIfPresent(String.self, forKey: .negatedType) ?? negatedType
        abbreviations = try values.decodeIfPresent(String.self, forKey: .abbreviations)
        sections = try values.decodeIfPresent([SectionRule].self, forKey: .sections)
        sectionPriors = try values.decodeIfPresent([SectionPrior].self, forKey: .sectionPriors) ?? []
        documentConsistency =
            try values.decodeIfPresent(Bool.self, forKey: .documentConsistency) ?? documentConsistency
        corpusConsistency = try values.decodeIfPresent(Bool.self, forKey: .corpusConsistency) ?? corpusConsistency
        abbreviationClosure =
            try values.decodeIfPresent(Bool.self, forKey: .abbreviationClosure) ?? abbreviationClosure
        compoundTypes = try values.decodeIfPresent([String].self, forKey: .compoundTypes) ?? []
        predictions = try values.decodeIfPresent([PredictionReference].self, forKey: .predictions) ?? []
        handVotes = try values.decodeIfPresent(String.self, forKey: .handVotes)
        strengths = try values.decodeIfPresent([String: Double].self, forKey: .strengths) ?? [:]
        anchorNotes = try values.decodeIfPresent(Int.self, forKey: .anchorNotes) ?? anchorNotes
        learningNotes = try values.decodeIfPresent(Int.self, forKey: .learningNotes) ?? learningNotes
        writesTokens = try values.decodeIfPresent(Bool.self, forKey: .writesTokens) ?? writesTokens
        typeMapping = try values.decodeIfPresent([String: String].self, forKey: .typeMapping) ?? [:]
        labelModel = try values.decodeIfPresent(LabelModelName.self, forKey: .labelModel) ?? labelModel
        correlationDiscount =
            try values.decodeIfPresent(Double.self, forKey: .correlationDiscount) ?? correlationDiscount
        minimumProbability =
            try values.decodeIfPresent(Double.self, forKey: .minimumProbability) ?? minimumProbability
        prefersLongerVotes = try values.decodeIfPresent(Bool.self, forKey: .prefersLongerVotes) ?? prefersLongerVotes
    }
}
