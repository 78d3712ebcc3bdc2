/// What an ambiguous abbreviation stands for in a corpus.
public struct AbbreviationSummary: Codable, Hashable, Sendable {
    /// The abbreviation.
    public var abbreviation: String
    /// How often it stands for each sense, by the sense's long form.
    public var senses: [String: Int]
    /// Occurrences for which neither words near them nor a section spoke for one sense more than for others; they got the
    /// inventory's first.
    public var undecided: Int
}
