/// What became of entities when they were written as tags, so that nothing is dropped in silence.
public struct TagAlignment: Hashable, Sendable {
    /// Entities whose ends are token ends.
    public var exact = 0
    /// Entities with an end inside a token; the tags cover the whole token.
    public var widened = 0
    /// Entities within or across another one; the longer one was kept.
    public var overlapping = 0
    /// Entities with gaps, which tags cannot spell.
    public var discontinuous = 0
    /// Entities of a type the scheme does not have.
    public var otherType = 0
    /// Entities that cover no token.
    public var empty = 0

    /// Makes an empty count.
    public init() {}

    /// The entities that are in the tags.
    public var kept: Int { exact + widened }

    /// The entities that are not, other types aside.
    public var lost: Int { overlapping + discontinuous + empty }

    /// Adds another document's counts.
    public static func += (left: inout TagAlignment, right: TagAlignment) {
        left.exact += right.exact
        left.widened += right.widened
        left.overlapping += right.overlapping
        left.discontinuous += right.discontinuous
        left.otherType += right.otherType
        left.empty += right.empty
    }
}

extension TagScheme {
    /// Writes a document's entities as one tag a token and counts what tags cannot hold.
    ///
    /// Of entities that overlap, the longer one is kept, then the earlier one.
    public func tags(of segmented: SegmentedDocument) -> (tags: [Int], alignment: TagAlignment) {
        let segmentation = segmented.segmentation
        var tags = [Int](repeating: Self.outside, count: segmentation.tokens.count)
        var alignment = TagAlignment()
        var candidates: [(type: Int, tokens: Range<Int>, isExact: Bool)] = []
        for entity in segmented.document.entities {
            guard let type = index(of: entity.type) else {
                alignment.otherType += 1
                continue
            }
            if entity.isDiscontinuous {
                alignment.discontinuous += 1
                continue
            }
            let tokens = segmentation.tokens(overlapping: entity.hull)
            guard let first = tokens.first, let last = tokens.last else {
                alignment.empty += 1
                continue
            }
            let covered = segmentation.tokens[first].span.union(segmentation.tokens[last].span)
            candidates.append((type, tokens, covered == entity.hull))
        }
        candidates.sort { ($1.tokens.count, $0.tokens.lowerBound) < ($0.tokens.count, $1.tokens.lowerBound) }
        for candidate in candidates {
            guard candidate.tokens.allSatisfy({ tags[$0] == Self.outside }) else {
                alignment.overlapping += 1
                continue
            }
            for token in candidate.tokens { tags[token] = inside(candidate.type) }
            tags[candidate.tokens.lowerBound] = begin(candidate.type)
            if candidate.isExact { alignment.exact += 1 } else { alignment.widened += 1 }
        }
        return (tags, alignment)
    }
}
