/// A match of a rule in a document, or of one of its named groups.
public struct RuleMatch: Hashable, Sendable {
    /// The place of the rule in the resources' list.
    public var rule: Int
    /// The named group, for a rule that names types by groups.
    public var group: String?
    /// The tokens that the match touches, whole.
    public var tokens: Range<Int>

    /// Makes a match.
    public init(rule: Int, group: String?, tokens: Range<Int>) {
        self.rule = rule
        self.group = group
        self.tokens = tokens
    }
}
