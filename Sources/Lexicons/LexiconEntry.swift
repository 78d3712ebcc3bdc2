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
    /// The line of the file, counted from 1.
    public var line: Int

    /// Makes an entry.
    public init(
        term: String, type: String?, code: String = "", preferred: String = "", isCaseSensitive: Bool = false,
        line: Int = 0
    ) {
        self.term = term
        self.type = type
        self.code = code
        self.preferred = preferred
        self.isCaseSensitive = isCaseSensitive
        self.line = line
    }
}
