import Essentials
import Foundation
import Models
import Tokenization
import TorchNN

/// Masked-language modeling: guess hidden words of windows, with new masks in every epoch.
public final class MaskedLanguageTask: TrainingTask {
    /// What the stage is called.
    public let name: String
    private let model: BertForMaskedLM
    private let windows: [PackedBatch.Sequence]
    private let heldOut: [PackedBatch.Sequence]
    private let masking: WholeWordMasking
    private let special: SpecialPieces
    private let plan: BatchPlan
    private let batchPieces: Int
    private let generator: SeededGenerator
    private var epoch = 0
    private var batches: [[Int]] = []

    /// A task over `windows` whose perplexity is measured on `heldOut`, under masks that never change.
    public init(
        name: String, model: BertForMaskedLM, windows: [PackedBatch.Sequence], heldOut: [PackedBatch.Sequence],
        masking: WholeWordMasking, special: SpecialPieces, batchPieces: Int, generator: SeededGenerator
    ) {
        self.name = name
        self.model = model
        self.windows = windows
        self.heldOut = heldOut
        self.masking = masking
        self.special = special
        self.batchPieces = batchPieces
        self.generator = generator
        plan = BatchPlan(
            lengths: windows.map { $0.pieces.count + 2 }, maxPieces: batchPieces,
            generator: generator.derived("batches"))
    }

    /// Lays out the batches of an epoch.
    public func layOut(epoch: Int) -> Int {
        self.epoch = epoch
        batches = plan.batches(epoch: epoch)
        return batches.count
    }

    /// Masks a batch, guesses, and adds the gradients of the mean loss.
    public func accumulate(batch: Int, mode: ForwardMode) throws -> BatchOutcome {
        let masked = masked(batches[batch].map { windows[$0] }, name: "epoch \(epoch) batch \(batch)")
        let loss = model.loss(masked.batch, rows: masked.rows, targets: masked.targets, mode)
        loss.backward()
        return BatchOutcome(loss: Double(loss.item), pieces: masked.batch.pieceCount)
    }

    /// Measures the perplexity on the held-out windows.
    public func validate() throws -> Validation? {
        let perplexity = perplexity()
        return Validation(score: -perplexity, scores: ["perplexity": perplexity])
    }

    /// Keeps nothing: the last model is the adapted one.
    public func saveBest() throws {}

    /// exp of the mean negative log likelihood of the hidden pieces of the held-out windows.
    public func perplexity() -> Double {
        let plan = BatchPlan(
            lengths: heldOut.map { $0.pieces.count + 2 }, maxPieces: batchPieces,
            generator: generator.derived("held out"))
        var total = 0.0
        var count = 0
        for (number, indices) in plan.batches(epoch: 0).enumerated() {
            let masked = masked(indices.map { heldOut[$0] }, name: "held out \(number)")
            total += model.totalLoss(masked.batch, rows: masked.rows, targets: masked.targets)
            count += masked.rows.count
        }
        return exp(total / Double(max(1, count)))
    }

    private func masked(
        _ windows: [PackedBatch.Sequence], name: String
    ) -> (batch: PackedBatch, rows: [Int], targets: [Int32]) {
        var random = generator.derived("masks of \(name)")
        var positions: [(sequence: Int, piece: Int)] = []
        var targets: [Int32] = []
        let sequences = windows.enumerated().map { index, window in
            let ends = window.firstPieces.dropFirst() + [window.pieces.count]
            let words = zip(window.firstPieces, ends).map { $0..<$1 }
            let masked = masking.mask(window.pieces, words: words, using: &random)
            positions += masked.positions.map { (index, $0) }
            targets += masked.labels
            var sequence = window
            sequence.pieces = masked.ids
            return sequence
        }
        let batch = PackedBatch(sequences, special: special)
        return (batch, positions.map { batch.row(ofPiece: $0.piece, inSequence: $0.sequence) }, targets)
    }
}
