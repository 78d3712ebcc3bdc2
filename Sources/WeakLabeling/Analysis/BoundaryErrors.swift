/// How the ends of votes differ from the gold mentions of their type that they overlap.
public struct BoundaryErrors: Codable, Hashable, Sendable {
    /// Votes that begin before the mention, so that they take in too much.
    public var leftTooEarly = 0
    /// Votes that begin within it.
    public var leftTooLate = 0
    /// Votes that end within it.
    public var rightTooEarly = 0
    /// Votes that end behind it.
    public var rightTooLate = 0
    /// Votes of which both ends differ; they are counted at both.
    public var both = 0

    /// Adds a vote that overlaps a mention of its type; equal spans change nothing.
    mutating func add(_ vote: Range<Int>, for mention: Range<Int>) {
        if vote.lowerBound < mention.lowerBound { leftTooEarly += 1 }
        if vote.lowerBound > mention.lowerBound { leftTooLate += 1 }
        if vote.upperBound < mention.upperBound { rightTooEarly += 1 }
        if vote.upperBound > mention.upperBound { rightTooLate += 1 }
        if vote.lowerBound != mention.lowerBound, vote.upperBound != mention.upperBound { both += 1 }
    }
}
