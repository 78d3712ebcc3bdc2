import Tokenization

/// The ids of the pieces that are no words.
public struct SpecialPieces: Hashable, Sendable {
    /// [CLS], which starts a sequence.
    public var classifier: Int32
    /// [SEP], which ends a sequence.
    public var separator: Int32
    /// [PAD], which fills up a batch.
    public var padding: Int32

    /// Makes the set.
    public init(classifier: Int32, separator: Int32, padding: Int32) {
        self.classifier = classifier
        self.separator = separator
        self.padding = padding
    }

    /// The set of a vocabulary.
    public init(_ vocabulary: Vocabulary) {
        self.init(
            classifier: vocabulary.classificationID, separator: vocabulary.separatorID, padding: vocabulary.paddingID)
    }
}

/// Sequences of pieces that go through the encoder together, one after the other in one long column, without padding
/// between them.
///
/// A sequence is a window of a document. [CLS] and [SEP] are put around it here.
public struct PackedBatch: Sendable {
    /// One window before packing.
    public struct Sequence: Sendable {
        /// The pieces of its words, without [CLS] and [SEP].
        public var pieces: [Int32]
        /// For each word, the index of its first piece in `pieces`; rising.
        public var firstPieces: [Int]
        /// What a network sees of the words beside their pieces.
        public var inputs: WordInputs
        /// Whether the document begins with this window.
        public var startsDocument: Bool
        /// Whether the document ends with this window.
        public var endsDocument: Bool

        /// Makes a sequence; by default it is a whole document.
        public init(pieces: [Int32], firstPieces: [Int], startsDocument: Bool = true, endsDocument: Bool = true) {
            self.pieces = pieces
            self.firstPieces = firstPieces
            inputs = WordInputs(unseen: firstPieces.count)
            self.startsDocument = startsDocument
            self.endsDocument = endsDocument
        }

        /// Makes the sequence of a window of a document.
        public init(_ window: Window, of document: EncodedDocument, layout: WindowLayout) {
            var pieces: [Int32] = []
            var firstPieces: [Int] = []
            firstPieces.reserveCapacity(window.words.count)
            for word in window.words {
                firstPieces.append(pieces.count)
                pieces += document.ids[layout.pieces(ofWord: word, in: document)]
            }
            self.init(
                pieces: pieces, firstPieces: firstPieces, startsDocument: window.words.lowerBound == 0,
                endsDocument: window.words.upperBound == document.wordPieces.count)
        }
    }

    /// Every new number of rows makes oneDNN prepare its kernels anew, so the rows are filled up to a multiple of this.
    private static let rowMultiple = 32

    /// The pieces' ids, all sequences, then padding.
    public let ids: [Int64]
    /// Each piece's place in its sequence.
    public let positions: [Int64]
    /// The number of pieces of each sequence, with [CLS] and [SEP].
    public let lengths: [Int]
    /// The row of each sequence's [CLS].
    public let starts: [Int]
    /// The row of each word's first piece, all sequences.
    public let firstPieces: [Int64]
    /// How many pieces each word has, all sequences.
    public let pieceCounts: [Int]
    /// What a network sees of the words beside their pieces, all sequences.
    public let inputs: WordInputs
    /// The number of words of each sequence.
    public let wordCounts: [Int]
    /// Whether each sequence starts its document.
    public let startsDocument: [Bool]
    /// Whether each sequence ends its document.
    public let endsDocument: [Bool]

    /// The number of pieces without padding.
    public var pieceCount: Int { lengths.reduce(0, +) }

    /// The number of words.
    public var wordCount: Int { firstPieces.count }

    /// Packs `sequences`.
    public init(_ sequences: [Sequence], special: SpecialPieces) {
        var ids: [Int64] = []
        var positions: [Int64] = []
        var firstPieces: [Int64] = []
        var starts: [Int] = []
        var pieceCounts: [Int] = []
        var inputs = WordInputs()
        for sequence in sequences {
            let start = ids.count
            starts.append(start)
            let ends = sequence.firstPieces.dropFirst() + [sequence.pieces.count]
            pieceCounts += zip(sequence.firstPieces, ends).map { $1 - $0 }
            inputs += sequence.inputs
            firstPieces += sequence.firstPieces.map { Int64(start + 1 + $0) }
            ids.append(Int64(special.classifier))
            ids += sequence.pieces.lazy.map { Int64($0) }
            ids.append(Int64(special.separator))
            positions += (0..<sequence.pieces.count + 2).lazy.map { Int64($0) }
        }
        let missing = (Self.rowMultiple - ids.count % Self.rowMultiple) % Self.rowMultiple
        self.ids = ids + [Int64](repeating: Int64(special.padding), count: missing)
        self.positions = positions + [Int64](repeating: 0, count: missing)
        self.firstPieces = firstPieces
        self.starts = starts
        self.pieceCounts = pieceCounts
        self.inputs = inputs
        lengths = sequences.map { $0.pieces.count + 2 }
        wordCounts = sequences.map(\.firstPieces.count)
        startsDocument = sequences.map(\.startsDocument)
        endsDocument = sequences.map(\.endsDocument)
    }

    /// The row of a piece, counted without [CLS], of a sequence.
    public func row(ofPiece piece: Int, inSequence sequence: Int) -> Int { starts[sequence] + 1 + piece }
}
