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

    /// How votes are combined.
    public enum LabelModelName: String, Codable, CaseIterable, Sendable {
        /// `MajorityVote`.
        case majority
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
    /// A table of negation cues.
    public var negationCues: String?
    /// The type of the unknown items of a negated list; ignored where the experiment does not have it.
    public var negatedType = "Symptom"
    /// A table of abbreviations with their senses and types.
    public var abbreviations: String?
    /// What the items of sections begin with; by default drugs, where the experiment has the type `Medication`.
    public var sections: [SectionRule]?
    /// What the types of lexicons and rules are called here: another type, `outside` or `abstain`. A function's name
    /// (`regex/biopsy_phrase`) instead of a type speaks of that function alone.
    public var typeMapping: [String: String] = [:]
    /// How votes are combined.
    public var labelModel = LabelModelName.accuracy
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
        negationCues = try values.decodeIfPresent(String.self, forKey: .negationCues)
        negatedType = try values.decodeIfPresent(String.self, forKey: .negatedType) ?? negatedType
        abbreviations = try values.decodeIfPresent(String.self, forKey: .abbreviations)
        sections = try values.decodeIfPresent([SectionRule].self, forKey: .sections)
        typeMapping = try values.decodeIfPresent([String: String].self, forKey: .typeMapping) ?? [:]
        labelModel = try values.decodeIfPresent(LabelModelName.self, forKey: .labelModel) ?? labelModel
        minimumProbability =
            try values.decodeIfPresent(Double.self, forKey: .minimumProbability) ?? minimumProbability
        prefersLongerVotes = try values.decodeIfPresent(Bool.self, forKey: .prefersLongerVotes) ?? prefersLongerVotes
    }
}
