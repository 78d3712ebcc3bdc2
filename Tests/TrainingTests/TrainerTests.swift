import Essentials
import Foundation
import Models
import TestSupport
import Testing
import TorchNN

@testable import Training

@Suite(.serialized) struct TrainerTests {
    /// What stands in for SIGKILL: the step at which the process would be gone.
    private struct Killed: Error {}

    /// A two-stage training in `folder`, as the train workflow runs it.
    private struct Job {
        var folder: String
        var checkpointSeconds: Double
        var patience = 0
        var epochs = 3

        /// Runs until the end or until `killAt` batches of this call are done; returns the weights and the progress.
        func run(killAt: Int = .max) throws -> (weights: [[Float]], progress: TrainingProgress) {
            let model = try TinyTagger.model()
            let checkpoint = CheckpointFolder(path: "\(folder)/checkpoint")
            let earlier = try checkpoint.progress()
            if earlier != nil { try checkpoint.restore(model.parameters) }
            let trainer = Trainer(
                parameters: model.parameters, checkpoint: checkpoint, progress: earlier ?? TrainingProgress(),
                quiet: true)
            let best = "\(folder)/best.safetensors"
            var left = killAt
            for stage in 0..<2 {
                if stage > 0, trainer.progress.stage == stage, !trainer.progress.hasBegun {
                    try model.parameters.load(from: SafetensorsFile(path: best))
                }
                let dev = TinyTagger.examples(6, seed: 99)
                let task = KillableTask(
                    TaggingTask(
                        name: "stage \(stage)", model: model, examples: TinyTagger.examples(12, seed: UInt64(stage)),
                        special: TinyTagger.special, batchPieces: 40,
                        generator: SeededGenerator(seed: 5).derived("stage \(stage)"),
                        validate: {
                            let loss = TinyTagger.loss(of: model, on: dev)
                            return Validation(score: -loss, scores: ["loss": loss])
                        },
                        saveBest: { try SafetensorsWriter.write(model.parameters.all, to: best) })
                ) {
                    left -= 1
                    if left < 0 { throw Killed() }
                }
                try trainer.train(
                    stage: stage, task: task,
                    optimizer: AdamW(
                        model.parameters,
                        groups: AdamW.Group.split(
                            names: model.parameters.names, learningRate: 0.01, weightDecay: 0.01)),
                    settings: TrainingSettings(
                        epochs: epochs, warmup: 0.1, maximumGradientNorm: 1, patience: patience,
                        checkpointSeconds: checkpointSeconds, seed: 5))
            }
            return (model.parameters.all.map { $0.tensor.floats() }, trainer.progress)
        }
    }

    private final class KillableTask: TrainingTask {
        private let task: TaggingTask
        private let beforeBatch: () throws -> Void

        init(_ task: TaggingTask, beforeBatch: @escaping () throws -> Void) {
            self.task = task
            self.beforeBatch = beforeBatch
        }

        var name: String { task.name }
        func layOut(epoch: Int) -> Int { task.layOut(epoch: epoch) }
        func validate() throws -> Validation? { try task.validate() }
        func saveBest() throws { try task.saveBest() }
        func accumulate(batch: Int, mode: ForwardMode) throws -> BatchOutcome {
            try beforeBatch()
            return try task.accumulate(batch: batch, mode: mode)
        }
    }

    @Test(arguments: [0, 1e9])
    func aTrainingKilledAtAnyStepAndResumedEndsWithTheSameWeights(checkpointSeconds: Double) throws {
        let undisturbed = try withTemporaryFolder { folder in
            try Job(folder: folder, checkpointSeconds: checkpointSeconds).run()
        }
        #expect(undisturbed.progress.step > 10)
        for step in 0..<undisturbed.progress.step {
            try withTemporaryFolder { folder in
                let job = Job(folder: folder, checkpointSeconds: checkpointSeconds)
                #expect(throws: Killed.self) { try job.run(killAt: step) }
                let resumed = try job.run()
                #expect(resumed.weights == undisturbed.weights, "killed before batch \(step)")
                #expect(resumed.progress.history == undisturbed.progress.history)
                #expect(resumed.progress.curve == undisturbed.progress.curve)
            }
        }
    }

    @Test func aTrainingKilledAgainAndAgainArrivesToo() throws {
        let undisturbed = try withTemporaryFolder { try Job(folder: $0, checkpointSeconds: 0).run() }
        try withTemporaryFolder { folder in
            let job = Job(folder: folder, checkpointSeconds: 0)
            var resumed: [[Float]]?
            for _ in 0..<undisturbed.progress.step where resumed == nil { resumed = try? job.run(killAt: 3).weights }
            #expect(resumed == undisturbed.weights)
        }
    }

    @Test func trainingLowersTheLoss() throws {
        try withTemporaryFolder { folder in
            let history = try Job(folder: folder, checkpointSeconds: 1e9, epochs: 12).run().progress.history
            let first = try #require(history.first?.loss)
            let last = try #require(history.last?.loss)
            #expect(last < 0.5 * first)
        }
    }

    @Test func theBestEpochIsTheOneWithTheBestScore() throws {
        try withTemporaryFolder { folder in
            let progress = try Job(folder: folder, checkpointSeconds: 1e9).run().progress
            let best = try #require(progress.history.last { $0.isBest }?.scores["loss"])
            #expect(best == progress.history.compactMap { $0.scores["loss"] }.min())
            #expect(progress.bestScore == -best)
        }
    }

    @Test func patienceEndsAStageThatNoLongerImproves() throws {
        try withTemporaryFolder { folder in
            let progress = try Job(folder: folder, checkpointSeconds: 1e9, patience: 1, epochs: 60).run().progress
            #expect(progress.history.count < 120)
        }
    }

    @Test func aDamagedCheckpointIsNamed() throws {
        try withTemporaryFolder { folder in
            let checkpoint = CheckpointFolder(path: "\(folder)/checkpoint")
            try AtomicFile.makeFolder(checkpoint.path)
            try AtomicFile.write("{", to: "\(checkpoint.path)/progress.json")
            #expect(
                throws: CheckpointError.malformed(
                    path: "\(checkpoint.path)/progress.json", reason: "it is not the progress of a training")
            ) { try checkpoint.progress() }
        }
    }

    @Test func aCheckpointThatCannotBeWrittenLeavesTheOneBefore() throws {
        try withTemporaryFolder { folder in
            let model = try TinyTagger.model()
            let checkpoint = CheckpointFolder(path: "\(folder)/checkpoint")
            let optimizer = AdamW(
                model.parameters,
                groups: AdamW.Group.split(names: model.parameters.names, learningRate: 0.01, weightDecay: 0))
            var progress = TrainingProgress()
            progress.step = 7
            try checkpoint.save(progress, parameters: model.parameters, optimizer: optimizer)
            // A file in the way of the new folder stands for a disk that refuses.
            try AtomicFile.write("in the way", to: "\(folder)/blocked")
            let blocked = CheckpointFolder(path: "\(folder)/blocked/checkpoint")
            #expect(throws: FileError.self) {
                try blocked.save(progress, parameters: model.parameters, optimizer: optimizer)
            }
            #expect(try checkpoint.progress()?.step == 7)
        }
    }
}
