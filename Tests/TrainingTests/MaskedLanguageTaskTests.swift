import Essentials
import Models
import TestSupport
import Testing
import TorchNN

@testable import Training

@Suite struct MaskedLanguageTaskTests {
    private let windows = TinyTraining.sequences([9, 7, 12, 5], seed: 4)

    private func task(_ model: BertForMaskedLM, heldOut: [PackedBatch.Sequence]? = nil) -> MaskedLanguageTask {
        MaskedLanguageTask(
            name: "masked LM", model: model, windows: windows.map { PretrainingWindow($0) },
            heldOut: [HeldOutDomain(name: "notes", windows: (heldOut ?? windows).map { PretrainingWindow($0) })],
            masking: DynamicMasking(share: 0.3, maskID: 4, replacements: 5..<40), special: TinyTraining.special,
            batchPieces: 24, generator: SeededGenerator(seed: 8))
    }

    private func model() throws -> BertForMaskedLM {
        try BertForMaskedLM(configuration: TinyTraining.configuration, seed: 2)
    }

    @Test func perplexityFallsWhenAFewSentencesAreLearned() throws {
        try withTemporaryFolder { folder in
            let model = try model()
            let task = task(model)
            let before = task.perplexity
            // A new model guesses evenly among the pieces.
            #expect(before > 30 && before < 55)
            let trainer = Trainer(
                parameters: model.parameters, checkpoint: CheckpointFolder(path: "\(folder)/checkpoint"),
                progress: TrainingProgress(), quiet: true)
            try trainer.train(
                stage: 0, task: task, optimizer: TinyTraining.optimizer(model.parameters, learningRate: 5e-3),
                settings: TrainingSettings(
                    epochs: 60, warmup: 0.05, maximumGradientNorm: 1, checkpointSeconds: 1e9, seed: 1))
            #expect(task.perplexity < before / 3)
            let record = try #require(trainer.progress.history.last)
            #expect(record.scores["perplexity"] == task.perplexity)
            #expect(trainer.progress.history.count == 60)
        }
    }

    @Test func measuringRepeatsItselfAndChangesNothing() throws {
        let model = try model()
        let task = task(model)
        let before = model.parameters.all.map { $0.tensor.floats() }
        let first = task.perplexity
        #expect(try task.validate()?.score == -first)
        #expect(task.perplexity == first)
        #expect(model.parameters.all.map { $0.tensor.floats() } == before)
        #expect(model.parameters.all.allSatisfy { $0.tensor.grad == nil })
    }

    @Test func everyEpochHasItsOwnMasksAndTheSameOnesAgain() throws {
        func losses(epoch: Int) throws -> [Double] {
            let task = task(try model())
            return try (0..<task.layOut(epoch: epoch)).map {
                try task.accumulate(task.preparation(ofBatch: $0)(), mode: .evaluation).loss
            }
        }
        #expect(try losses(epoch: 0) == losses(epoch: 0))
        #expect(Set(try losses(epoch: 0)) != Set(try losses(epoch: 1)))
    }

    @Test func everyPieceOfAnEpochIsCounted() throws {
        let task = task(try model())
        let pieces = try (0..<task.layOut(epoch: 0)).reduce(0) {
            try $0 + task.accumulate(task.preparation(ofBatch: $1)(), mode: .evaluation).pieces
        }
        #expect(pieces == windows.reduce(0) { $0 + $1.pieces.count + 2 })
    }

    @Test func aWindowOfAWeightBelowOneIsSeenInItsShareOfTheEpochs() throws {
        var weighed = windows.map { PretrainingWindow($0) }
        weighed[0].weight = 0.25
        weighed[1].weight = 0.5
        let task = MaskedLanguageTask(
            name: "masked LM", model: try model(), windows: weighed, heldOut: [],
            masking: DynamicMasking(share: 0.3, maskID: 4, replacements: 5..<40), special: TinyTraining.special,
            batchPieces: 24, generator: SeededGenerator(seed: 8))
        let lengths = weighed.map(\.pieceCount)
        let all = (0..<40).reduce(0) { $0 + task.pieceCount(ofEpoch: $1) }
        #expect(all == 10 * lengths[0] + 20 * lengths[1] + 40 * (lengths[2] + lengths[3]))
        for epoch in 0..<8 {
            let pieces = (0..<task.layOut(epoch: epoch)).reduce(0) {
                $0 + task.preparation(ofBatch: $1)().packed.pieceCount
            }
            #expect(pieces == task.pieceCount(ofEpoch: epoch))
        }
    }

    @Test func everyDomainHasItsPerplexityAndOnlyThoseTrainedOnCountTogether() throws {
        let model = try model()
        func scores(_ domains: [HeldOutDomain]) -> [String: Double] {
            MaskedLanguageTask(
                name: "masked LM", model: model, windows: [], heldOut: domains,
                masking: DynamicMasking(share: 0.3, maskID: 4, replacements: 5..<40), special: TinyTraining.special,
                batchPieces: 24, generator: SeededGenerator(seed: 8)
            ).perplexities()
        }
        let notes = HeldOutDomain(name: "notes", windows: windows[..<2].map { PretrainingWindow($0) })
        let letters = HeldOutDomain(
            name: "letters", windows: windows[2...].map { PretrainingWindow($0) }, isTrainedOn: false)
        let alone = scores([notes])
        #expect(alone.keys.sorted() == ["perplexity"])
        let both = scores([notes, letters])
        #expect(both["perplexity"] == alone["perplexity"] && both["perplexity notes"] == alone["perplexity"])
        let other = try #require(both["perplexity letters"])
        #expect(other > 1 && other != both["perplexity"])
    }

    @Test func aProbeDecidesWhereThereIsOne() throws {
        let task = MaskedLanguageTask(
            name: "masked LM", model: try model(), windows: [], heldOut: [],
            masking: DynamicMasking(share: 0.3, maskID: 4, replacements: 5..<40), special: TinyTraining.special,
            batchPieces: 24, generator: SeededGenerator(seed: 8),
            probe: { Validation(score: 0.6, scores: ["probe f1": 0.6]) })
        let validation = try #require(try task.validate())
        #expect(validation.score == 0.6 && validation.scores == ["perplexity": 1, "probe f1": 0.6])
    }

    @Test func nothingHeldOutHasNoPerplexityToFallFrom() throws {
        #expect(task(try model(), heldOut: []).perplexity == 1)
    }
}

extension MaskedLanguageTask {
    fileprivate var perplexity: Double { perplexities()["perplexity"] ?? .nan }
}
