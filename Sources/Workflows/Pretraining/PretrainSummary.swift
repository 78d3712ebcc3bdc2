import Reporting
import Tokenization
import Training

/// What the pretrain step leaves for the reports.
struct PretrainSummary: Codable {
    /// Notes of one kind, and what the encoder makes of them.
    struct Domain: Codable {
        var name: String
        /// Held-out notes; of a kind that is not trained on, all.
        var notes: Int
        var isTrainedOn: Bool
        var perplexityBefore: Double
        var perplexityAfter: Double
    }

    /// How the vocabulary spells the train notes.
    struct VocabularyFigures: Codable {
        /// So many words are listed here; `vocabulary.tsv` has all.
        private static let listed = 40

        var words: Int
        var pieces: Int
        var unknownWords: Int
        /// Words of one piece, two, and so on.
        var wordsByPieces: [Int]
        /// The costliest words of several pieces.
        var shattered: [VocabularyReport.Word]
        /// Words that became pieces.
        var added: [VocabularyReport.Word]

        init(_ report: VocabularyReport, shattered: [VocabularyReport.Word], added: [VocabularyReport.Word]) {
            self.words = report.wordCount
            pieces = report.pieceCount
            unknownWords = report.unknownCount
            wordsByPieces = report.wordsByPieces
            self.shattered = Array(shattered.prefix(Self.listed))
            self.added = added
        }
    }

    var perplexityBefore: Double
    var perplexityAfter: Double
    /// The probe's dev F1, where there is a probe.
    var probeBefore: Double?
    var probeAfter: Double?
    var domains: [Domain]
    var trainNotes: Int
    var heldOutNotes: Int
    var repeats: RepeatFigures
    var vocabulary: VocabularyFigures
    /// Pieces trained on, all epochs, `[CLS]` and `[SEP]` counted.
    var pieces: Int
    /// Seconds of training, validation and checkpoints not counted.
    var seconds: Double
    var history: [EpochRecord]
    var curve: [LossCurve.Point]

    var piecesPerSecond: Double { seconds > 0 ? Double(pieces) / seconds : 0 }

    /// Puts together what came of a training.
    ///
    /// - Parameters:
    ///   - before: the scores of the encoder as it came.
    ///   - keepsBest: whether the best model was kept, not the last one.
    ///   - headStage: the stage that trained the head alone, before which nothing can be said of the encoder.
    init(
        notes: PretrainingNotes, windows: PretrainingNotes.Windows, vocabulary: VocabularyFigures,
        before: [String: Double], progress: TrainingProgress, keepsBest: Bool, headStage: String
    ) {
        let kept =
            keepsBest ? progress.history.last(where: \.isBest) : progress.history.last { $0.stage != headStage }
        let after = kept?.scores ?? before
        perplexityBefore = before["perplexity"] ?? .nan
        perplexityAfter = after["perplexity"] ?? .nan
        probeBefore = before["probe f1"]
        probeAfter = after["probe f1"]
        let isOne = windows.heldOut.count == 1
        domains = windows.heldOut.map { domain in
            let key = isOne ? "perplexity" : "perplexity \(domain.name)"
            let all = domain.isTrainedOn ? notes.heldOut : notes.monitored
            return Domain(
                name: domain.name, notes: all.count { $0.domain == domain.name }, isTrainedOn: domain.isTrainedOn,
                perplexityBefore: before[key] ?? .nan, perplexityAfter: after[key] ?? .nan)
        }
        trainNotes = notes.train.count
        heldOutNotes = notes.heldOut.count
        repeats = windows.repeats
        self.vocabulary = vocabulary
        pieces = progress.pieces
        seconds = progress.seconds
        history = progress.history
        curve = progress.curve.points
    }

    /// What the page shows.
    func report(title: String, runName: String) -> PretrainingReport {
        func words(_ words: [VocabularyReport.Word]) -> [PretrainingReport.Word] {
            words.map { .init(text: $0.text, pieces: $0.pieces, count: $0.count, notes: $0.notes) }
        }
        return PretrainingReport(
            title: title, runName: runName, trainNotes: trainNotes, heldOutNotes: heldOutNotes, pieces: pieces,
            seconds: seconds, perplexityBefore: perplexityBefore, perplexityAfter: perplexityAfter,
            probe: probeBefore.flatMap { before in probeAfter.map { (before, $0) } },
            domains: domains.map {
                .init(
                    name: $0.name, notes: $0.notes, isTrainedOn: $0.isTrainedOn, before: $0.perplexityBefore,
                    after: $0.perplexityAfter)
            },
            epochs: history.map { .init(stage: $0.stage, number: $0.epoch, loss: $0.loss, scores: $0.scores) },
            curve: curve.map { ($0.step, $0.loss) }, repeatedNotes: repeats.notes, repeatedShare: repeats.share,
            heldOutRepeatedShare: repeats.heldOutShare,
            vocabulary: .init(
                words: vocabulary.words, pieces: vocabulary.pieces, unknownWords: vocabulary.unknownWords,
                wordsByPieces: vocabulary.wordsByPieces, shattered: words(vocabulary.shattered),
                added: words(vocabulary.added)))
    }
}
