/// The BIO tags of a set of entity types, as numbers: 0 is outside, then begin and inside of each type in order.
public struct TagScheme: Hashable, Sendable {
    /// The entity types, in the order of their tags.
    public let types: [String]
    private let indices: [String: Int]

    /// The tag of a token outside all entities.
    public static let outside = 0

    /// Makes the scheme of `types`, which must not repeat.
    public init(types: [String]) {
        self.types = types
        indices = Dictionary(uniqueKeysWithValues: types.enumerated().map { ($1, $0) })
    }

    /// The number of tags, `2 · types + 1`.
    public var count: Int { 2 * types.count + 1 }

    /// The place of a type, or nothing if the scheme does not have it.
    public func index(of type: String) -> Int? { indices[type] }

    /// The tag that begins an entity of the type at `index`.
    public func begin(_ index: Int) -> Int { 2 * index + 1 }

    /// The tag that continues an entity of the type at `index`.
    public func inside(_ index: Int) -> Int { 2 * index + 2 }

    /// The place of a tag's type, or nothing for the outside tag.
    public func typeIndex(of tag: Int) -> Int? { tag == Self.outside ? nil : (tag - 1) / 2 }

    /// Whether the tag begins an entity.
    public func isBegin(_ tag: Int) -> Bool { tag % 2 == 1 }

    /// Whether the tag continues an entity.
    public func isInside(_ tag: Int) -> Bool { tag > 0 && tag % 2 == 0 }

    /// The tag as files write it: `O`, `B-Disease`, `I-Disease`.
    public func name(of tag: Int) -> String {
        guard let index = typeIndex(of: tag) else { return "O" }
        return (isBegin(tag) ? "B-" : "I-") + types[index]
    }

    /// Whether a sequence may start with `tag`: anything but an inside tag.
    public func canStart(with tag: Int) -> Bool { !isInside(tag) }

    /// Whether `next` may follow `tag`: an inside tag only follows a tag of its own type.
    public func canFollow(_ tag: Int, with next: Int) -> Bool {
        !isInside(next) || typeIndex(of: tag) == typeIndex(of: next)
    }

    /// The entities that a valid sequence of tags spells: places of the types, and half-open token ranges.
    public func runs(in tags: some Collection<Int>) -> [(typeIndex: Int, tokens: Range<Int>)] {
        var runs: [(typeIndex: Int, tokens: Range<Int>)] = []
        for (position, tag) in tags.enumerated() {
            guard let type = typeIndex(of: tag) else { continue }
            if isInside(tag), let last = runs.last, last.typeIndex == type, last.tokens.upperBound == position {
                runs[runs.count - 1].tokens = last.tokens.lowerBound..<position + 1
            } else {
                runs.append((type, position..<position + 1))
            }
        }
        return runs
    }
}
