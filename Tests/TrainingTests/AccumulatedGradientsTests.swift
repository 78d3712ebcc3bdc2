import Essentials
import Foundation
import Models
import TestSupport
import Testing
import Torch
import TorchNN

@testable import Training

/// Steps over several batches against steps over one batch that holds them all.
@Suite struct AccumulatedGradientsTests {
    /// Windows of one length, so that the mean of two batches' means is the mean over both.
    private static let windows = TinyTraining.sequences([8, 8, 8, 8], seed: 6).map { sequence in
        PackedBatch.Sequence(pieces: Array(sequence.pieces.prefix(8)), firstPieces: Array(0..<8))
    }

    private func weights(batchPieces: Int, batchesPerStep: Int) throws -> [[Float]] {
        try withTemporaryFolder { folder in
            var configuration = TinyTraining.configuration
            // Dropout would differ: its masks follow from the batch.
            configuration.hiddenDropout = 0
            configuration.attentionDropout = 0
            let model = try TaggerNetwork(
                configuration: configuration, types: TinyTraining.scheme.types,
                architecture: .init(lstmUnits: 8, dropout: 0), seed: 3)
            let task = TaggingTask(
                name: "gold", model: model,
                examples: Self.windows.map { TaggingTask.Example(window: $0, tags: [1, 2, 0, 0, 3, 4, 0, 1]) },
                special: TinyTraining.special, batchPieces: batchPieces, generator: SeededGenerator(seed: 9),
                validate: { nil }, saveBest: {})
            let trainer = Trainer(
                parameters: model.parameters, checkpoint: CheckpointFolder(path: "\(folder)/checkpoint"),
                progress: TrainingProgress(), quiet: true)
            try trainer.train(
                stage: 0, task: task, optimizer: TinyTraining.optimizer(model.parameters),
                settings: TrainingSettings(
                    epochs: 3, batchesPerStep: batchesPerStep, warmup: 0, maximumGradientNorm: 0.5,
                    checkpointSeconds: 1e9, seed: 1))
            #expect(trainer.progress.step == 3)
            return model.parameters.all.map { $0.tensor.floats() }
        }
    }

    @Test func aStepOverFourBatchesIsThatOverTheFourTogether() throws {
        let together = try weights(batchPieces: 40, batchesPerStep: 1)
        let apart = try weights(batchPieces: 10, batchesPerStep: 4)
        for (first, second) in zip(together, apart) {
            // AdamW's first steps are signs of gradients times the rate: rounding is magnified where they are near 0.
            let difference = zip(first, second).map { abs($0 - $1) }
            #expect(difference.allSatisfy { $0 < 5e-4 })
            #expect(difference.count { $0 > 1e-5 } * 20 <= difference.count)
        }
    }
}
