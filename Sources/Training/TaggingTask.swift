import Essentials
import Models
import TorchNN

/// Fine-tuning of a tagger's network on windows of tagged words.
public final class TaggingTask: TrainingTask {
    /// A window and the tag of each of its words.
    public struct Example: Sendable {
        /// The window.
        public var window: PackedBatch.Sequence
        /// One tag a word.
        public var tags: [Int]

        /// Makes an example.
        public init(window: PackedBatch.Sequence, tags: [Int]) {
            precondition(window.firstPieces.count == tags.count, "one tag a word")
            self.window = window
            self.tags = tags
        }
    }

    /// Windows and the tags of all their words.
    public struct Batch: Sendable {
        var packed: PackedBatch
        var tags: [Int]
    }

    /// What the stage is called.
    public let name: String
    private let model: BertBiLSTMCRF
    private let examples: [Example]
    private let special: SpecialPieces
    private let plan: BatchPlan
    private let score: () throws -> Validation?
    private let keep: () throws -> Void
    private var batches: [[Int]] = []

    /// A task over `examples`.
    ///
    /// - Parameters:
    ///   - validate: scores the network, usually by tagging dev notes.
    ///   - saveBest: writes the network as the best one so far.
    public init(
        name: String, model: BertBiLSTMCRF, examples: [Example], special: SpecialPieces, batchPieces: Int,
        generator: SeededGenerator, validate: @escaping () throws -> Validation?,
        saveBest: @escaping () throws -> Void
    ) {
        self.name = name
        self.model = model
        self.examples = examples
        self.special = special
        plan = BatchPlan(
            lengths: examples.map { $0.window.pieces.count + 2 }, maxPieces: batchPieces, generator: generator)
        score = validate
        keep = saveBest
    }

    /// Lays out the batches of an epoch.
    public func layOut(epoch: Int) -> Int {
        batches = plan.batches(epoch: epoch)
        return batches.count
    }

    /// Packs the windows of a batch.
    public func preparation(ofBatch number: Int) -> @Sendable () -> Batch {
        let chosen = batches[number].map { examples[$0] }
        let special = special
        return {
            Batch(packed: PackedBatch(chosen.map(\.window), special: special), tags: chosen.flatMap(\.tags))
        }
    }

    /// Adds the gradients of the mean negative log likelihood a word.
    public func accumulate(_ batch: Batch, mode: ForwardMode) throws -> BatchOutcome {
        let loss = model.addGradients(of: batch.packed, tags: batch.tags, mode)
        return BatchOutcome(loss: loss, pieces: batch.packed.pieceCount)
    }

    /// Scores the network.
    public func validate() throws -> Validation? { try score() }

    /// Writes the network as the best one so far.
    public func saveBest() throws { try keep() }
}
