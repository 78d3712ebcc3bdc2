/// One line of a lexicon.
public struct LexiconEntry: Hashable, Sendable {
    /// The term as written, one or more words.
    public var term: String
    /// The entity type of its mentions; nothing if they are no entities, which makes the lexicon vote "outside".
    public var type: String?
    /// A concept code as `SOURCE:CODE`; empty if unknown.
    public var code: String
    /// The preferred name of the concept, or an abbreviation's sense; empty if unknown.
    public var preferred: String
    /// Whether only the term's own case matches, as short ambiguous abbreviations (`MS`, `PE`) need.
    public var isCaseSensitive: Bool
    /// The vocabulary that the term comes from, as its distributor calls it; empty if unknown.
    public var source: String
    /// What the term is to its concept.
    public var status: TermStatus
    /// Codes of the concept in other vocabularies, as `SOURCE:CODE`.
    public var crossReferences: [String]
    /// The line of the file, counted from 1.
    public var line: Int

    /// Makes an entry.
    public init(
        term: String, type: String?, code: String = "", preferred: String = "", isCaseSensitive: Bool = false,
        source: String = "", status: TermStatus = .unspecified, crossReferences: [String] = [], line: Int = 0
    ) {
        self.term = term
        self.type = type
        self.code = code
        self.preferred = preferred
        self.isCaseSensitive = isCaseSensitive
        self.source = source
        self.status = status
        self.crossReferences = crossReferences
        self.line = line
    }
}
