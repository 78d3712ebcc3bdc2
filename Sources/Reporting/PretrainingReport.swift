/// What the page of an adaptation shows: what the encoder learned and forgot, and what the notes' text is like.
public struct PretrainingReport: Sendable {
    /// Notes of one kind.
    public struct Domain: Sendable {
        /// What they are called.
        public var name: String
        /// How many were measured.
        public var notes: Int
        /// Whether notes of this kind are trained on.
        public var isTrainedOn: Bool
        /// The perplexity with the encoder as it came, and afterwards.
        public var before, after: Double

        /// Makes a domain.
        public init(name: String, notes: Int, isTrainedOn: Bool, before: Double, after: Double) {
            self.name = name
            self.notes = notes
            self.isTrainedOn = isTrainedOn
            self.before = before
            self.after = after
        }
    }

    /// One pass over the notes.
    public struct Epoch: Sendable {
        /// What was trained.
        public var stage: String
        /// Counted from 1 within the stage.
        public var number: Int
        /// The mean training loss.
        public var loss: Double
        /// What was measured afterwards: `perplexity`, `perplexity NAME` of a domain, `probe f1`.
        public var scores: [String: Double]

        /// Makes an epoch.
        public init(stage: String, number: Int, loss: Double, scores: [String: Double]) {
            self.stage = stage
            self.number = number
            self.loss = loss
            self.scores = scores
        }
    }

    /// A word that takes several pieces.
    public struct Word: Sendable {
        /// The word.
        public var text: String
        /// Its pieces.
        public var pieces: [String]
        /// How often it stands in the notes, and in how many of them.
        public var count, notes: Int

        /// Makes a word.
        public init(text: String, pieces: [String], count: Int, notes: Int) {
            self.text = text
            self.pieces = pieces
            self.count = count
            self.notes = notes
        }
    }

    /// How the vocabulary spells the notes.
    public struct Vocabulary: Sendable {
        /// Words, their pieces, and words that cannot be spelled.
        public var words, pieces, unknownWords: Int
        /// How many words take one piece, two, and so on.
        public var wordsByPieces: [Int]
        /// The words whose pieces cost most, and those that became pieces.
        public var shattered, added: [Word]

        /// Makes the figures.
        public init(
            words: Int, pieces: Int, unknownWords: Int, wordsByPieces: [Int], shattered: [Word], added: [Word]
        ) {
            self.words = words
            self.pieces = pieces
            self.unknownWords = unknownWords
            self.wordsByPieces = wordsByPieces
            self.shattered = shattered
            self.added = added
        }
    }

    /// The run's title and its name.
    public var title, runName: String
    /// How many notes were trained on, and how many held out.
    public var trainNotes, heldOutNotes: Int
    /// Pieces trained on in all epochs, and the seconds that took.
    public var pieces: Int
    /// Seconds of training.
    public var seconds: Double
    /// The perplexity on held-out notes, before and after.
    public var perplexityBefore, perplexityAfter: Double
    /// The probe's dev F1, before and after, where there was a probe.
    public var probe: (before: Double, after: Double)?
    /// The kinds of notes that were measured.
    public var domains: [Domain]
    /// The passes over the notes.
    public var epochs: [Epoch]
    /// The training loss on the way.
    public var curve: [(step: Int, loss: Double)]
    /// Notes of which most text stands in other notes too.
    public var repeatedNotes: Int
    /// The share of the train notes' text that copies make up, and of the held-out notes' text that train notes have.
    public var repeatedShare, heldOutRepeatedShare: Double
    /// How the vocabulary spells the notes.
    public var vocabulary: Vocabulary

    /// Makes a report.
    public init(
        title: String, runName: String, trainNotes: Int, heldOutNotes: Int, pieces: Int, seconds: Double,
        perplexityBefore: Double, perplexityAfter: Double, probe: (before: Double, after: Double)?, domains: [Domain],
        epochs: [Epoch], curve: [(step: Int, loss: Double)], repeatedNotes: Int, repeatedShare: Double,
        heldOutRepeatedShare: Double, vocabulary: Vocabulary
    ) {
        self.title = title
        self.runName = runName
        self.trainNotes = trainNotes
        self.heldOutNotes = heldOutNotes
        self.pieces = pieces
        self.seconds = seconds
        self.perplexityBefore = perplexityBefore
        self.perplexityAfter = perplexityAfter
        self.probe = probe
        self.domains = domains
        self.epochs = epochs
        self.curve = curve
        self.repeatedNotes = repeatedNotes
        self.repeatedShare = repeatedShare
        self.heldOutRepeatedShare = heldOutRepeatedShare
        self.vocabulary = vocabulary
    }
}
