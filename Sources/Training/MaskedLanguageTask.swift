import Essentials
import Foundation
import Models
import Tokenization
import TorchNN

/// Masked-language modeling: guess hidden words of windows, with new masks in every epoch.
public final class MaskedLanguageTask: TrainingTask {
    /// Windows with hidden pieces.
    public struct Batch: Sendable {
        var packed: PackedBatch
        /// Where to guess, and the pieces that stood there.
        var rows: [Int]
        var targets: [Int32]
    }

    /// What the stage is called.
    public let name: String
    private let model: BertForMaskedLM
    private let windows: [PretrainingWindow]
    private let heldOut: [HeldOutDomain]
    private let masking: DynamicMasking
    private let special: SpecialPieces
    private let plan: BatchPlan
    private let batchPieces: Int
    private let generator: SeededGenerator
    private let probe: (() throws -> Validation)?
    private let keep: () throws -> Void
    /// Where within the epochs a window of a weight below 1 is seen first.
    private let phases: [Double]
    private var epoch = 0
    private var batches: [[Int]] = []

    /// A task over `windows` whose perplexity is measured on `heldOut`, under masks that never change.
    ///
    /// - Parameters:
    ///   - probe: a further measurement after each epoch, whose score then takes the place of perplexity's.
    ///   - saveBest: writes the model as the best one so far; by default the last model is the adapted one.
    public init(
        name: String, model: BertForMaskedLM, windows: [PretrainingWindow], heldOut: [HeldOutDomain],
        masking: DynamicMasking, special: SpecialPieces, batchPieces: Int, generator: SeededGenerator,
        probe: (() throws -> Validation)? = nil, saveBest: @escaping () throws -> Void = {}
    ) {
        self.name = name
        self.model = model
        self.windows = windows
        self.heldOut = heldOut
        self.masking = masking
        self.special = special
        self.batchPieces = batchPieces
        self.generator = generator
        self.probe = probe
        keep = saveBest
        plan = BatchPlan(
            lengths: windows.map(\.pieceCount), maxPieces: batchPieces, generator: generator.derived("batches"))
        var random = generator.derived("phases")
        phases = windows.map { _ in random.unit() }
    }

    /// Lays out the batches of an epoch; windows of a weight below 1 are not in all of them.
    public func layOut(epoch: Int) -> Int {
        self.epoch = epoch
        batches = plan.batches(epoch: epoch, of: windows.indices.filter { isSeen($0, inEpoch: epoch) })
        return batches.count
    }

    /// The pieces of an epoch's batches, `[CLS]` and `[SEP]` counted.
    public func pieceCount(ofEpoch epoch: Int) -> Int {
        windows.indices.reduce(0) { $0 + (isSeen($1, inEpoch: epoch) ? windows[$1].pieceCount : 0) }
    }

    /// Whether the window's weight, summed up over the epochs, passes a whole number in this one: of any number of
    /// epochs the window is seen in its share, one more or less.
    private func isSeen(_ window: Int, inEpoch epoch: Int) -> Bool {
        let weight = windows[window].weight
        if weight >= 1 { return true }
        func passed(_ epochs: Int) -> Double { (Double(epochs) * weight + phases[window]).rounded(.down) }
        return passed(epoch + 1) > passed(epoch)
    }

    /// Masks the windows of a batch.
    public func preparation(ofBatch number: Int) -> @Sendable () -> Batch {
        let chosen = batches[number].map { windows[$0] }
        let (epoch, generator, masking, special) = (epoch, generator, masking, special)
        return {
            Batch(
                chosen, masking: masking, special: special,
                random: generator.derived("masks of epoch \(epoch) batch \(number)"))
        }
    }

    /// Guesses, and adds the gradients of the mean loss.
    public func accumulate(_ batch: Batch, mode: ForwardMode) throws -> BatchOutcome {
        let loss = model.loss(batch.packed, rows: batch.rows, targets: batch.targets, mode)
        loss.backward()
        return BatchOutcome(loss: Double(loss.item), pieces: batch.packed.pieceCount)
    }

    /// Measures the perplexity on the held-out windows and what the probe measures.
    public func validate() throws -> Validation? {
        var scores = perplexities()
        guard let probed = try probe?() else {
            return Validation(score: -(scores["perplexity"] ?? 1), scores: scores)
        }
        scores.merge(probed.scores) { $1 }
        return Validation(score: probed.score, scores: scores)
    }

    /// Writes the model as the best one so far.
    public func saveBest() throws { try keep() }

    /// exp of the mean negative log likelihood of the hidden pieces: `perplexity` over all domains that are trained on,
    /// `perplexity NAME` of each domain where there are several.
    public func perplexities() -> [String: Double] {
        var scores: [String: Double] = [:]
        var (total, count) = (0.0, 0)
        for domain in heldOut {
            let (loss, pieces) = totalLoss(domain)
            if domain.isTrainedOn {
                total += loss
                count += pieces
            }
            if heldOut.count > 1 { scores["perplexity \(domain.name)"] = exp(loss / Double(max(1, pieces))) }
        }
        scores["perplexity"] = exp(total / Double(max(1, count)))
        return scores
    }

    private func totalLoss(_ domain: HeldOutDomain) -> (loss: Double, pieces: Int) {
        let generator = generator.derived("held out")
        let plan = BatchPlan(
            lengths: domain.windows.map(\.pieceCount), maxPieces: batchPieces, generator: generator)
        var (total, count) = (0.0, 0)
        for (number, indices) in plan.batches(epoch: 0).enumerated() {
            let batch = Batch(
                indices.map { domain.windows[$0] }, masking: masking, special: special,
                random: generator.derived("masks of batch \(number)"))
            total += model.totalLoss(batch.packed, rows: batch.rows, targets: batch.targets)
            count += batch.rows.count
        }
        return (total, count)
    }
}

extension MaskedLanguageTask.Batch {
    init(
        _ windows: [PretrainingWindow], masking: DynamicMasking, special: SpecialPieces, random: SeededGenerator
    ) {
        var random = random
        var positions: [(sequence: Int, piece: Int)] = []
        var targets: [Int32] = []
        let sequences = windows.enumerated().map { index, window in
            var sequence = window.sequence
            let ends = sequence.firstPieces.dropFirst() + [sequence.pieces.count]
            let words = zip(sequence.firstPieces, ends).map { $0..<$1 }
            let masked = masking.mask(sequence.pieces, words: words, entities: window.entities, using: &random)
            positions += masked.positions.map { (index, $0) }
            targets += masked.labels
            sequence.pieces = masked.ids
            return sequence
        }
        let packed = PackedBatch(sequences, special: special)
        self.packed = packed
        rows = positions.map { packed.row(ofPiece: $0.piece, inSequence: $0.sequence) }
        self.targets = targets
    }
}
