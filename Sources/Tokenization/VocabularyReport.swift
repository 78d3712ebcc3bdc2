import ClinicalText

/// How a vocabulary spells the words of some notes: how many pieces they take, and which of them shatter.
public struct VocabularyReport: Sendable {
    /// A word of the notes as the tokenizer sees it: in lower case where that is the vocabulary's.
    public struct Word: Hashable, Sendable, Codable {
        /// The word.
        public var text: String
        /// The pieces that spell it.
        public var pieces: [String]
        /// How often it stands in the notes.
        public var count: Int
        /// In how many notes.
        public var notes: Int
        /// How often it begins with a capital.
        public var capitalized: Int

        /// Makes a word.
        public init(text: String, pieces: [String], count: Int, notes: Int, capitalized: Int) {
            self.text = text
            self.pieces = pieces
            self.count = count
            self.notes = notes
            self.capitalized = capitalized
        }

        /// What a piece of its own would save, in pieces.
        public var cost: Int { count * (pieces.count - 1) }
    }

    private struct Tally {
        var count = 0
        var notes = 0
        var capitalized = 0
        var lastNote = -1
    }

    private let vocabulary: Vocabulary
    private var tallies: [[Int32]: Tally] = [:]
    private var noteCount = 0
    /// Tokens with a letter in them.
    public private(set) var wordCount = 0
    /// Their pieces.
    public private(set) var pieceCount = 0
    /// How many words take one piece, two, three, and so on; the last entry counts the longest.
    public private(set) var wordsByPieces: [Int] = []
    /// Words that the vocabulary cannot spell.
    public private(set) var unknownCount = 0

    /// No notes yet.
    public init(vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
    }

    /// Adds a note; only tokens with a letter count as words.
    public mutating func add(_ note: SegmentedDocument, encoded: EncodedDocument) {
        let text = note.document.text.utf8
        for (token, range) in zip(note.segmentation.tokens, encoded.wordPieces) {
            let start = text.index(text.startIndex, offsetBy: token.span.start)
            let bytes = text[start..<text.index(start, offsetBy: token.span.range.count)]
            guard bytes.contains(where: { $0 >= 0x80 || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }) else { continue }
            wordCount += 1
            pieceCount += range.count
            while wordsByPieces.count < range.count { wordsByPieces.append(0) }
            wordsByPieces[range.count - 1] += 1
            let pieces = Array(encoded.ids[range])
            if pieces.contains(vocabulary.unknownID) {
                unknownCount += 1
                continue
            }
            if pieces.count == 1 { continue }
            var tally = tallies[pieces] ?? Tally()
            tally.count += 1
            if tally.lastNote != noteCount { tally.notes += 1 }
            tally.lastNote = noteCount
            if Substring(bytes).first?.isUppercase == true { tally.capitalized += 1 }
            tallies[pieces] = tally
        }
        noteCount += 1
    }

    /// The words of several pieces, the costliest first.
    public var shattered: [Word] {
        tallies.map { ids, tally in
            let pieces = ids.map(vocabulary.piece(of:))
            let text = pieces.map { $0.hasPrefix("##") ? String($0.dropFirst(2)) : $0 }.joined()
            return Word(
                text: text, pieces: pieces, count: tally.count, notes: tally.notes, capitalized: tally.capitalized)
        }.sorted { ($1.cost, $0.text) < ($0.cost, $1.text) }
    }

    /// Whether a vocabulary may gain the word as a piece.
    ///
    /// Such words are of letters alone, stand in `notes` notes at least, and mostly begin small: names of people do
    /// neither, and a vocabulary goes wherever the model goes.
    public func isCandidate(_ word: Word, notes: Int) -> Bool {
        word.notes >= notes && 2 * word.capitalized <= word.count && word.text.allSatisfy(\.isLetter)
            && word.pieces.dropFirst().allSatisfy { $0.hasPrefix("##") } && vocabulary.id(of: word.text) == nil
    }
}
