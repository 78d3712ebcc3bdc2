/// How well two annotations of the same notes agree.
public struct AgreementResult: Codable, Hashable, Sendable {
    /// The agreement on mentions of one type.
    public struct TypeAgreement: Codable, Hashable, Sendable {
        /// The entity type.
        public var type: String
        /// Mentions with the same spans and type.
        public var strict = AgreementCounts()
        /// Mentions of the same type that overlap; equal ones are among them.
        public var overlapping = AgreementCounts()

        /// Makes the agreement on a type nobody has marked yet.
        public init(type: String) { self.type = type }
    }

    /// Agreement word by word on the type, beyond what chance would give.
    public struct WordAgreementResult: Codable, Hashable, Sendable {
        /// How many words the notes have: runs of letters and digits, and every other visible character by itself.
        public var words: Int
        /// How many words have the same types in both annotations, or none in both.
        public var equal: Int
        /// Cohen's kappa; nothing where both annotations give all words the same types, so that it is undefined.
        public var kappa: Double?
    }

    /// How many documents were compared.
    public var documents: Int
    /// Each type that one of the annotations has, sorted.
    public var types: [TypeAgreement]
    /// All types together, mentions with the same spans and type.
    public var strict: AgreementCounts
    /// All types together, mentions of the same type that overlap.
    public var overlapping: AgreementCounts
    /// The agreement word by word.
    public var words: WordAgreementResult
    /// Everything the annotations do not agree on, in the order of the first's documents and of the text.
    public var disagreements: [Disagreement]

    /// Makes a result; the totals follow from the types.
    init(documents: Int, types: [TypeAgreement], words: WordAgreementResult, disagreements: [Disagreement]) {
        self.documents = documents
        self.types = types
        strict = types.map(\.strict).reduce(AgreementCounts(), +)
        overlapping = types.map(\.overlapping).reduce(AgreementCounts(), +)
        self.words = words
        self.disagreements = disagreements
    }
}
