/// A vote that is not as gold has it, by its place; texts stay in the notes.
public struct VoteExample: Codable, Hashable, Sendable {
    /// What is wrong with the vote.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        /// It overlaps a mention of its type and has not its span.
        case boundary
        /// It has the span of a mention of another type, or overlaps one.
        case type
        /// There is no mention.
        case spurious
    }

    /// The document's id.
    public var document: String
    /// The span of the vote, in code points.
    public var start: Int
    /// Where it ends.
    public var end: Int
    /// The type voted for.
    public var type: String
    /// What is wrong with it.
    public var kind: Kind
}
