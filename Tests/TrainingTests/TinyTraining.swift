import ClinicalText
import Essentials
import Foundation
import Models
import Torch
import TorchNN

@testable import Training

/// A tagger's training small enough for a test: two layers of 32 units, two stages, a best model.
struct TinyTraining {
    static let special = SpecialPieces(classifier: 2, separator: 3, padding: 0)
    static let scheme = TagScheme(types: ["Disease", "Medication"])
    static let configuration = BertConfiguration(
        vocabularySize: 40, hiddenSize: 32, layerCount: 2, headCount: 2, intermediateSize: 64, maximumPositions: 64)
    static let epochs = [2, 3]

    /// Sequences of words of one or two pieces.
    static func sequences(_ wordCounts: [Int], seed: UInt64) -> [PackedBatch.Sequence] {
        var random = SeededGenerator(seed: seed)
        return wordCounts.map { count in
            var pieces: [Int32] = []
            var first: [Int] = []
            for _ in 0..<count {
                first.append(pieces.count)
                pieces.append(Int32.random(in: 5..<35, using: &random))
                if Bool.random(using: &random) { pieces.append(Int32.random(in: 35..<40, using: &random)) }
            }
            return PackedBatch.Sequence(pieces: pieces, firstPieces: first)
        }
    }

    /// Examples whose tags follow from the words' first pieces.
    static func examples(_ wordCounts: [Int], seed: UInt64) -> [TaggingTask.Example] {
        sequences(wordCounts, seed: seed).map { sequence in
            var tags: [Int] = []
            for first in sequence.firstPieces {
                switch sequence.pieces[first] % 4 {
                case 0: tags.append(scheme.begin(0))
                case 1: tags.append(tags.last == scheme.begin(0) ? scheme.inside(0) : TagScheme.outside)
                case 2: tags.append(scheme.begin(1))
                default: tags.append(TagScheme.outside)
                }
            }
            return TaggingTask.Example(window: sequence, tags: tags)
        }
    }

    static func model(seed: UInt64 = 3) throws -> TaggerNetwork {
        try TaggerNetwork(
            configuration: configuration, types: scheme.types, architecture: .init(lstmUnits: 8, dropout: 0.2),
            seed: seed)
    }

    static func optimizer(_ parameters: Parameters, learningRate: Double = 5e-3) -> AdamW {
        AdamW(
            parameters,
            groups: AdamW.Group.split(names: parameters.names, learningRate: learningRate, weightDecay: 0.01))
    }

    /// What a finished training leaves.
    struct Outcome: Equatable {
        /// The bits of all weights.
        var last: [[UInt32]]
        var best: Data?
        /// Without the time it took.
        var progress: TrainingProgress
    }

    let folder: String
    let checkpointSeconds: Double
    /// The decay of the weights' average, and for how many epochs the encoder stays as it is.
    var averageDecay = 0.0
    var frozenEpochs = 0

    /// Trains both stages from what the folder's checkpoint has, the way a run does; `killer` counts the moments at
    /// which a process can die and throws at the one it is set to.
    func train(_ killer: Killer = Killer(at: nil)) throws -> Outcome {
        // One thread: the work is too small to share, and other processes compute beside this one.
        setThreads(1)
        let model = try Self.model()
        let checkpoint = CheckpointFolder(path: "\(folder)/checkpoint")
        let best = "\(folder)/best.safetensors"
        let resumed = try checkpoint.progress()
        if resumed != nil { try checkpoint.restore(model.parameters) }
        let trainer = Trainer(
            parameters: model.parameters, checkpoint: checkpoint, progress: resumed ?? TrainingProgress(), quiet: true)
        // The gold examples themselves: so little training shows on no others.
        let dev = Self.examples([6, 9, 3, 8, 5], seed: 21)
        for (stage, epochs) in Self.epochs.enumerated() {
            if stage > 0, trainer.progress.stage == stage, !trainer.progress.hasBegun {
                try model.parameters.load(from: SafetensorsFile(path: best))
            }
            let task = TaggingTask(
                name: ["silver", "gold"][stage], model: model,
                examples: Self.examples([6, 9, 3, 8, 5], seed: 20 + UInt64(stage)), special: Self.special,
                batchPieces: 30, generator: SeededGenerator(seed: 9).derived("stage \(stage)"),
                frozenEpochs: frozenEpochs,
                validate: { Self.accuracy(of: model, on: dev) },
                saveBest: { try SafetensorsWriter.write(model.parameters.all, to: best) })
            try trainer.train(
                stage: stage, task: KilledTask(task, killer),
                optimizer: Self.optimizer(model.parameters, learningRate: 1e-2),
                settings: TrainingSettings(
                    epochs: epochs, averageDecay: averageDecay, warmup: 0.1, maximumGradientNorm: 1,
                    checkpointSeconds: checkpointSeconds,
                    seed: 4))
        }
        var progress = trainer.progress
        progress.seconds = 0
        return Outcome(
            last: model.parameters.all.map { $0.tensor.floats().map(\.bitPattern) },
            best: FileManager.default.contents(atPath: best), progress: progress)
    }

    private static func accuracy(of model: TaggerNetwork, on examples: [TaggingTask.Example]) -> Validation {
        let chain = model.chains[0].inference()
        var right = 0
        var total = 0
        for example in examples {
            guard case .tags(let expected) = example.targets[0] else { continue }
            let batch = PackedBatch([example.window], special: special)
            let tags = chain.decode(emissions: withoutGradients { model.emissions(batch, .evaluation).floats() })
            right += zip(tags, expected).count { $0 == $1 }
            total += tags.count
        }
        let share = Double(right) / Double(total)
        return Validation(score: share, scores: ["accuracy": share])
    }
}

/// Counts the moments between which a process can die, and does something at one of them: it throws, in the place of a
/// SIGKILL, unless told otherwise.
final class Killer {
    struct Killed: Error {}

    private let fatal: Int?
    private let act: () throws -> Void
    private(set) var moments = 0

    init(at moment: Int?, act: @escaping () throws -> Void = { throw Killed() }) {
        fatal = moment
        self.act = act
    }

    func pass() throws {
        defer { moments += 1 }
        if moments == fatal { try act() }
    }
}

/// A task that can die before and after every batch, every validation and every saving of the best model.
final class KilledTask<Task: TrainingTask>: TrainingTask {
    private let task: Task
    private let killer: Killer

    init(_ task: Task, _ killer: Killer) {
        self.task = task
        self.killer = killer
    }

    var name: String { task.name }

    func layOut(epoch: Int) -> Int { task.layOut(epoch: epoch) }

    func preparation(ofBatch number: Int) -> @Sendable () -> Task.Batch { task.preparation(ofBatch: number) }

    func accumulate(_ batch: Task.Batch, mode: ForwardMode) throws -> BatchOutcome {
        try killer.pass()
        let outcome = try task.accumulate(batch, mode: mode)
        try killer.pass()
        return outcome
    }

    func validate() throws -> Validation? {
        try killer.pass()
        let validation = try task.validate()
        try killer.pass()
        return validation
    }

    func saveBest() throws {
        try killer.pass()
        try task.saveBest()
        try killer.pass()
    }
}
