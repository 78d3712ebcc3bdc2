/// A run of tags whose probability is asked for, such as `B-X I-X I-X` of one entity.
public struct TagSegment: Hashable, Sendable {
    /// The step of the first tag.
    public var start: Int
    /// The tags, one a step; at least one.
    public var tags: [Int]
    /// A tag that must not follow the run, because the entity would then be longer: `I-X` in a BIO scheme.
    public var excludedNext: Int?

    /// Makes a segment.
    public init(start: Int, tags: [Int], excludedNext: Int?) {
        precondition(!tags.isEmpty, "a segment has at least one tag")
        self.start = start
        self.tags = tags
        self.excludedNext = excludedNext
    }
}
