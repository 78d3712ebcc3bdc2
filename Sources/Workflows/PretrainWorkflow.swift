import ClinicalText
import Essentials
import Foundation
import Models
import Tokenization
import Torch
import TorchNN
import Training

/// The step `pretrain`: domain-adaptive masked-LM training of the encoder on the unlabeled notes.
///
/// Source: S. Gururangan et al., "Don't stop pretraining", ACL 2020.
public struct PretrainWorkflow {
    private let run: Run

    /// The step of a run.
    public init(run: Run) {
        self.run = run
    }

    /// Writes `encoder/`, a model folder in Hugging Face layout, and `encoder/pretraining.json`.
    public func perform() throws {
        try run.step(.pretrain) {
            let source = run.resolver.encoder(run.experiment.encoder)
            let tokenizer = try WordPieceTokenizer(folder: source)
            let settings = run.experiment.pretrain
            let generator = SeededGenerator(seed: run.experiment.seed).derived("pretrain")
            let notes = try HeldOutNotes(
                run.loader().unlabeled(for: "pretrain"), share: settings.heldOutShare, generator: generator)
            func windows(_ documents: [SegmentedDocument], overlap: Int) -> [PackedBatch.Sequence] {
                // No overlap: every piece is seen once an epoch and counts once in the perplexity.
                let layout = WindowLayout(maxPieces: run.experiment.windows.maxPieces, overlap: overlap)
                return documents.flatMap { document in
                    let encoded = tokenizer.encode(document)
                    return layout.windows(of: encoded, sentences: document.segmentation.sentences)
                        .map { PackedBatch.Sequence($0, of: encoded, layout: layout) }
                }
            }
            let model = try BertForMaskedLM(folder: source, seed: run.experiment.seed)
            let checkpoint = CheckpointFolder(path: run.folder.encoderCheckpoint)
            let progress = try run.startTraining(
                from: checkpoint, parameters: model.parameters, precision: run.experiment.pretrain.precision)
            let masking = WholeWordMasking(
                share: settings.maskedShare, maskID: tokenizer.vocabulary.maskID,
                replacements: 0..<Int32(tokenizer.vocabulary.count))
            func task(
                _ name: String, _ model: BertForMaskedLM, _ train: [PackedBatch.Sequence],
                _ heldOut: [PackedBatch.Sequence]
            ) -> MaskedLanguageTask {
                MaskedLanguageTask(
                    name: name, model: model, windows: train, heldOut: heldOut, masking: masking,
                    special: SpecialPieces(tokenizer.vocabulary), batchPieces: settings.batchPieces,
                    generator: generator)
            }
            let trainWindows = windows(notes.train, overlap: 0)
            let heldOutWindows = windows(notes.heldOut, overlap: 0)
            run.say(
                "pretrain: \(notes.train.count) notes, \(notes.heldOut.count) held out, "
                    + "\(trainWindows.reduce(0) { $0 + $1.pieces.count + 2 }) pieces an epoch")
            let trainer = Trainer(
                parameters: model.parameters, checkpoint: checkpoint, progress: progress, log: run.log,
                quiet: run.options.quiet)
            var before = progress.history.last { $0.stage == Self.headStage }?.scores["perplexity"]
            if model.headIsNew {
                // A head made anew guesses at random: what the encoder knows shows only once the head is trained.
                try trainHead(trainer, task(Self.headStage, model, trainWindows, heldOutWindows), model)
                before = trainer.progress.history.last { $0.stage == Self.headStage }?.scores["perplexity"]
            }
            let adaptation = task("masked LM", model, trainWindows, heldOutWindows)
            if before == nil {
                // By now a resumed run has other weights than those it started from.
                let start = progress.step == 0 ? model : try BertForMaskedLM(folder: source, seed: run.experiment.seed)
                before = task("before", start, [], heldOutWindows).perplexity()
            }
            model.parameters.setTrainable { _ in true }
            try trainer.train(
                stage: 1, task: adaptation,
                optimizer: AdamW(
                    model.parameters,
                    groups: AdamW.Group.split(
                        names: model.parameters.names, learningRate: settings.learningRate,
                        weightDecay: settings.weightDecay)),
                settings: trainingSettings(epochs: settings.epochs))
            try save(model, source: source, before: before, trainer: trainer, notes: notes, checkpoint: checkpoint)
        }
    }

    private static let headStage = "masked-LM head"

    private func trainHead(_ trainer: Trainer, _ task: MaskedLanguageTask, _ model: BertForMaskedLM) throws {
        let settings = run.experiment.pretrain
        model.parameters.setTrainable(where: BertForMaskedLM.isHeadParameter)
        let names = model.parameters.trainable.map(\.name)
        let stepsAnEpoch = max(1, task.layOut(epoch: 0))
        let epochs = (settings.headWarmupSteps + stepsAnEpoch - 1) / stepsAnEpoch
        try trainer.train(
            stage: 0, task: task,
            optimizer: AdamW(
                model.parameters,
                groups: AdamW.Group.split(
                    names: names, learningRate: settings.headLearningRate, weightDecay: settings.weightDecay)),
            settings: trainingSettings(epochs: epochs, maximumSteps: settings.headWarmupSteps))
    }

    private func trainingSettings(epochs: Int, maximumSteps: Int? = nil) -> TrainingSettings {
        let settings = run.experiment.pretrain
        return TrainingSettings(
            epochs: epochs, maximumSteps: maximumSteps, warmup: settings.warmup,
            maximumGradientNorm: settings.maxGradientNorm, checkpointSeconds: settings.checkpointSeconds,
            seed: run.experiment.seed)
    }

    private func save(
        _ model: BertForMaskedLM, source: String, before: Double?, trainer: Trainer, notes: HeldOutNotes,
        checkpoint: CheckpointFolder
    ) throws {
        let progress = trainer.progress
        let after = progress.history.last { $0.stage != Self.headStage }?.scores["perplexity"] ?? before
        try model.save(to: run.folder.encoder, tokenizerFrom: source)
        let summary = PretrainSummary(
            perplexityBefore: before ?? .nan, perplexityAfter: after ?? .nan, trainNotes: notes.train.count,
            heldOutNotes: notes.heldOut.count, pieces: progress.pieces, seconds: progress.seconds,
            history: progress.history, curve: progress.curve.points)
        try JSONFile.write(summary, to: run.folder.pretraining)
        checkpoint.remove()
        run.say(
            String(
                format: "pretrain: perplexity on held-out notes %.2f before, %.2f after; %.0f pieces/s",
                summary.perplexityBefore, summary.perplexityAfter, summary.piecesPerSecond))
    }
}

/// What the pretrain step leaves for the report.
struct PretrainSummary: Codable {
    var perplexityBefore: Double
    var perplexityAfter: Double
    var trainNotes: Int
    var heldOutNotes: Int
    /// Pieces trained on, all epochs, `[CLS]` and `[SEP]` counted.
    var pieces: Int
    /// Seconds of training, validation and checkpoints not counted.
    var seconds: Double
    var history: [EpochRecord]
    var curve: [LossCurve.Point]

    var piecesPerSecond: Double { seconds > 0 ? Double(pieces) / seconds : 0 }
}

/// Notes divided into those that are trained on and those that perplexity is measured on.
struct HeldOutNotes {
    var train: [SegmentedDocument] = []
    var heldOut: [SegmentedDocument] = []

    /// Holds out a share of the notes, at least one, drawn by the generator.
    init(_ notes: [SegmentedDocument], share: Double, generator: SeededGenerator) {
        let notes = notes.filter { !$0.segmentation.tokens.isEmpty }
        var random = generator.derived("held-out notes")
        let count = min(max(1, Int((share * Double(notes.count)).rounded())), notes.count - 1)
        let chosen = Set(notes.indices.shuffled(using: &random).prefix(max(0, count)))
        for (index, note) in notes.enumerated() {
            if chosen.contains(index) { heldOut.append(note) } else { train.append(note) }
        }
    }
}
