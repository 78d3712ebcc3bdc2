/// One place where a pattern matches a text, in UTF-8 offsets.
public struct PatternMatch: Hashable, Sendable {
    /// The whole match; empty where the pattern matches nothing between two characters.
    public var range: Range<Int>
    /// The groups, the first one first; nothing for a group that took no part. Empty for a pattern without groups.
    public var groups: [Range<Int>?]

    /// Makes a match.
    public init(range: Range<Int>, groups: [Range<Int>?] = []) {
        self.range = range
        self.groups = groups
    }
}
