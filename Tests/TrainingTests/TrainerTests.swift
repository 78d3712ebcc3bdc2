import Essentials
import Foundation
import TestSupport
import Testing
import TorchNN

@testable import Training

/// The loop itself, over a task that says beforehand what each epoch scores.
@Suite struct TrainerTests {
    private final class ScoredTask: TrainingTask {
        let name = "scored"
        let batches: Int
        let scores: [Double?]
        private(set) var batchesSeen: [Int] = []
        private(set) var stepsSeen: [UInt32] = []
        private(set) var validations = 0
        private(set) var savedAfter: [Int] = []

        init(batches: Int, scores: [Double?]) {
            self.batches = batches
            self.scores = scores
        }

        func layOut(epoch: Int) -> Int { batches }

        func preparation(ofBatch number: Int) -> @Sendable () -> Int { { number } }

        func accumulate(_ batch: Int, mode: ForwardMode) throws -> BatchOutcome {
            batchesSeen.append(batch)
            if case .training(_, let step, _) = mode { stepsSeen.append(step) }
            return BatchOutcome(loss: Double(batchesSeen.count), pieces: 10)
        }

        func validate() throws -> Validation? {
            defer { validations += 1 }
            return scores[validations].map { Validation(score: $0, scores: ["score": $0]) }
        }

        func saveBest() throws { savedAfter.append(validations) }
    }

    private func train(
        _ task: ScoredTask, epochs: Int, maximumSteps: Int? = nil, batchesPerStep: Int = 1, patience: Int = 0,
        in folder: String,
        progress: TrainingProgress = TrainingProgress(), checkpointSeconds: Double = 1e9
    ) throws -> TrainingProgress {
        let parameters = Parameters()
        let root = Scope(parameters: parameters, generator: SeededGenerator(seed: 1))
        _ = try Linear(root / "only", inputs: 2, outputs: 2)
        let trainer = Trainer(
            parameters: parameters, checkpoint: CheckpointFolder(path: "\(folder)/checkpoint"), progress: progress,
            quiet: true)
        try trainer.train(
            stage: 0, task: task, optimizer: TinyTraining.optimizer(parameters),
            settings: TrainingSettings(
                epochs: epochs, maximumSteps: maximumSteps, batchesPerStep: batchesPerStep, warmup: 0,
                maximumGradientNorm: 1, patience: patience, checkpointSeconds: checkpointSeconds, seed: 1))
        return trainer.progress
    }

    @Test(arguments: [
        // Without patience every epoch is trained; a score that is only equal is not better.
        (0, [0.2, 0.5, 0.5, 0.4, 0.3], 5, [1, 2]),
        (1, [0.2, 0.5, 0.5, 0.9, 0.9], 3, [1, 2]),
        (2, [0.2, 0.5, 0.5, 0.9, 0.1], 5, [1, 2, 4]),
        (2, [0.9, 0.5, 0.8, 0.95, 1], 3, [1]),
        (4, [0.9, 0.1, 0.1, 0.1, 0.1], 5, [1]),
    ])
    func patienceEndsAStageThatNoLongerImproves(
        patience: Int, scores: [Double], epochs: Int, bestEpochs: [Int]
    ) throws {
        try withTemporaryFolder { folder in
            let task = ScoredTask(batches: 2, scores: scores)
            let progress = try train(task, epochs: 5, patience: patience, in: folder)
            #expect(progress.history.count == epochs)
            #expect(task.savedAfter == bestEpochs)
            #expect(progress.history.filter(\.isBest).map(\.epoch) == bestEpochs)
            #expect(progress.bestScore == scores[..<epochs].max())
            // The next stage begins with nothing of this one's.
            #expect(progress.stage == 1 && !progress.hasBegun && progress.epoch == 0 && progress.batch == 0)
            #expect(progress.stageStep == 0 && progress.epochsSinceBest == 0)
        }
    }

    @Test func aStageThatIsNotScoredKeepsNoBest() throws {
        try withTemporaryFolder { folder in
            let task = ScoredTask(batches: 2, scores: [nil, nil])
            let progress = try train(task, epochs: 2, in: folder)
            #expect(task.savedAfter.isEmpty && progress.bestScore == nil)
            #expect(progress.history.map(\.isBest) == [false, false])
        }
    }

    @Test(arguments: [
        (1, [0], 1), (2, [0, 1], 1), (3, [0, 1, 2], 1), (5, [0, 1, 2, 0, 1], 2), (99, [0, 1, 2, 0, 1, 2], 2),
    ])
    func theMostStepsEndAStageAlsoWithinAnEpoch(most: Int, batches: [Int], records: Int) throws {
        try withTemporaryFolder { folder in
            let task = ScoredTask(batches: 3, scores: [0.1, 0.2])
            let progress = try train(task, epochs: 2, maximumSteps: most, in: folder)
            #expect(task.batchesSeen == batches)
            #expect(task.stepsSeen == batches.indices.map { UInt32($0) })
            #expect(progress.step == batches.count && progress.pieces == 10 * batches.count)
            // An epoch that ends early is scored and written down like any other.
            #expect(progress.history.count == records && task.validations == records)
        }
    }

    @Test func anEpochsLossIsTheMeanOfItsBatches() throws {
        try withTemporaryFolder { folder in
            let progress = try train(ScoredTask(batches: 3, scores: [0.1, 0.2]), epochs: 2, in: folder)
            #expect(progress.history.map(\.loss) == [2, 5])
            #expect(progress.curve.points.map(\.loss) == [1, 2, 3, 4, 5, 6])
        }
    }

    @Test func aStepTakesSeveralBatchesAndTheLastOfAnEpochWhatIsLeft() throws {
        try withTemporaryFolder { folder in
            let task = ScoredTask(batches: 5, scores: [0.1, 0.2])
            let progress = try train(task, epochs: 2, batchesPerStep: 2, in: folder)
            #expect(task.batchesSeen == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4])
            // Three steps an epoch; no two batches share their dropout masks.
            #expect(progress.step == 6 && Set(task.stepsSeen).count == 10)
            #expect(progress.pieces == 100 && progress.history.map(\.loss) == [3, 8])
            #expect(progress.curve.points.map(\.loss) == [1.5, 3.5, 5, 6.5, 8.5, 10])
        }
    }

    @Test func aCheckpointAfterTheLastStepStillHasTheLastEpochToScore() throws {
        try withTemporaryFolder { folder in
            // Every step is kept, so what stands there after the stage is the state before its last validation.
            _ = try train(ScoredTask(batches: 2, scores: [0.1, 0.9]), epochs: 2, in: folder, checkpointSeconds: 0)
            let kept = try #require(try CheckpointFolder(path: "\(folder)/checkpoint").progress())
            #expect(kept.stageStep == 4 && kept.history.count == 1)
            let task = ScoredTask(batches: 2, scores: [0.9])
            let progress = try train(task, epochs: 2, in: folder, progress: kept)
            #expect(task.batchesSeen.isEmpty)
            #expect(progress.history.map(\.scores) == [["score": 0.1], ["score": 0.9]])
            #expect(task.savedAfter == [1] && progress.bestScore == 0.9)
        }
    }

    @Test func aStageThatTheCheckpointHasBehindItIsLeftAlone() throws {
        try withTemporaryFolder { folder in
            var behind = TrainingProgress()
            behind.stage = 1
            let task = ScoredTask(batches: 2, scores: [])
            let trained = try train(task, epochs: 2, in: folder, progress: behind)
            #expect(trained == behind)
            #expect(task.batchesSeen.isEmpty)
        }
    }
}
