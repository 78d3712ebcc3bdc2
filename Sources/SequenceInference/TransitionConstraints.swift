/// Which tags may start a sequence, follow each other and end it.
///
/// What is not permitted has probability zero: in the partition function, in decoding and in marginals alike.
public struct TransitionConstraints: Hashable, Sendable {
    /// Whether a tag may follow another, tagCount × tagCount, row-major, row = from.
    public var transitions: [Bool]
    /// Whether a sequence may start with a tag.
    public var start: [Bool]
    /// Whether a sequence may end with a tag.
    public var end: [Bool]

    /// Makes constraints from tables; `transitions` has `start.count · start.count` entries.
    public init(transitions: [Bool], start: [Bool], end: [Bool]) {
        precondition(
            end.count == start.count && transitions.count == start.count * start.count, "the tables must fit together")
        self.transitions = transitions
        self.start = start
        self.end = end
    }

    /// Makes constraints from rules, such as those of a BIO scheme; any permitted tag may end a sequence by default.
    public init(
        tagCount: Int, canStart: (Int) -> Bool, canFollow: (_ tag: Int, _ next: Int) -> Bool,
        canEnd: (Int) -> Bool = { _ in true }
    ) {
        self.init(
            transitions: (0..<tagCount * tagCount).map { canFollow($0 / tagCount, $0 % tagCount) },
            start: (0..<tagCount).map(canStart), end: (0..<tagCount).map(canEnd))
    }
}
