import Essentials
import Models
import TorchNN

/// Fine-tuning of a tagger's network on windows of tagged words.
public final class TaggingTask: TrainingTask {
    /// A window and what its words should be tagged as.
    public struct Example: Sendable {
        /// The window.
        public var window: PackedBatch.Sequence
        /// What each chain of tags should say.
        public var targets: [TagTargets]
        /// How much the example counts beside others.
        public var weight: Float

        /// Makes an example.
        public init(window: PackedBatch.Sequence, targets: [TagTargets], weight: Float = 1) {
            self.window = window
            self.targets = targets
            self.weight = weight
        }

        /// Makes an example of one chain whose words have one tag each.
        public init(window: PackedBatch.Sequence, tags: [Int]) {
            precondition(window.firstPieces.count == tags.count, "one tag a word")
            self.init(window: window, targets: [.tags(tags)])
        }
    }

    /// Windows and the tags of all their words.
    public struct Batch: Sendable {
        var packed: PackedBatch
        var targets: [[TagTargets]]
        var weights: [Float]
    }

    /// What the stage is called.
    public let name: String
    private let model: TaggerNetwork
    private let examples: [Example]
    private let special: SpecialPieces
    private let plan: BatchPlan
    private let frozenEpochs: Int
    private let score: () throws -> Validation?
    private let keep: () throws -> Void
    private var batches: [[Int]] = []

    /// A task over `examples`.
    ///
    /// - Parameters:
    ///   - frozenEpochs: for so many epochs the encoder stays as it is.
    ///   - validate: scores the network, usually by tagging dev notes.
    ///   - saveBest: writes the network as the best one so far.
    public init(
        name: String, model: TaggerNetwork, examples: [Example], special: SpecialPieces, batchPieces: Int,
        generator: SeededGenerator, frozenEpochs: Int = 0, validate: @escaping () throws -> Validation?,
        saveBest: @escaping () throws -> Void
    ) {
        self.name = name
        self.model = model
        self.examples = examples
        self.special = special
        plan = BatchPlan(
            lengths: examples.map { $0.window.pieces.count + 2 }, maxPieces: batchPieces, generator: generator)
        self.frozenEpochs = frozenEpochs
        score = validate
        keep = saveBest
    }

    /// Lays out the batches of an epoch.
    public func layOut(epoch: Int) -> Int {
        batches = plan.batches(epoch: epoch)
        return batches.count
    }

    /// Freezes or unfreezes the encoder.
    public func begin(epoch: Int) {
        let trainsEncoder = epoch >= frozenEpochs
        model.parameters.setTrainable { trainsEncoder || !TaggerNetwork.isEncoderParameter($0) }
    }

    /// Packs the windows of a batch.
    public func preparation(ofBatch number: Int) -> @Sendable () -> Batch {
        let chosen = batches[number].map { examples[$0] }
        let special = special
        return {
            Batch(
                packed: PackedBatch(chosen.map(\.window), special: special), targets: chosen.map(\.targets),
                weights: chosen.map(\.weight))
        }
    }

    /// Adds the gradients of the mean negative log likelihood a word.
    public func accumulate(_ batch: Batch, mode: ForwardMode) throws -> BatchOutcome {
        let loss = model.addGradients(
            of: batch.packed, targets: batch.targets, weights: batch.weights, mode)
        return BatchOutcome(loss: loss, pieces: batch.packed.pieceCount)
    }

    /// Scores the network.
    public func validate() throws -> Validation? { try score() }

    /// Writes the network as the best one so far.
    public func saveBest() throws { try keep() }
}
