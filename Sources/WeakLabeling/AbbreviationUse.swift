import TextProcessing

/// An ambiguous abbreviation in a document, and what it stands for there.
public struct AbbreviationUse: Hashable, Sendable {
    /// Where it stands.
    public var tokens: Range<Int>
    /// The abbreviation.
    public var abbreviation: String
    /// The sense that most speaks for, or the first of the inventory.
    public var sense: AbbreviationInventory.Sense?
    /// Whether words near it or its section speak for one sense more than for others.
    public var isDecided: Bool
}
