import Models

/// A window of a note to guess hidden words in.
public struct PretrainingWindow: Sendable {
    /// The window's pieces and words.
    public var sequence: PackedBatch.Sequence
    /// Silver entities as runs of the window's words.
    public var entities: [Range<Int>]
    /// In what share of the epochs it is seen: 1 in all, less where its text stands in other notes too.
    public var weight: Double

    /// Makes a window.
    public init(_ sequence: PackedBatch.Sequence, entities: [Range<Int>] = [], weight: Double = 1) {
        self.sequence = sequence
        self.entities = entities
        self.weight = weight
    }

    /// Its pieces with `[CLS]` and `[SEP]`.
    public var pieceCount: Int { sequence.pieces.count + 2 }
}
