/// The pieces of all tokens of a document, word by word; without special pieces.
public struct EncodedDocument: Sendable {
    /// The pieces' ids, in the order of the text.
    public var ids: [Int32]
    /// For each token of the document its pieces, never empty; together they are all pieces, in order.
    public var wordPieces: [Range<Int>]

    /// Makes an encoded document.
    public init(ids: [Int32], wordPieces: [Range<Int>]) {
        self.ids = ids
        self.wordPieces = wordPieces
    }
}
