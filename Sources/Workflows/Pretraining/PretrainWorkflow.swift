import ClinicalText
import Essentials
import Foundation
import Models
import Reporting
import Tokenization
import Torch
import TorchNN
import Training

/// The step `pretrain`: domain-adaptive masked-LM training of the encoder on the unlabeled notes.
///
/// Source: S. Gururangan et al., "Don't stop pretraining", ACL 2020.
public struct PretrainWorkflow {
    private static let headStage = "masked-LM head"

    private let run: Run

    /// The step of a run.
    public init(run: Run) {
        self.run = run
    }

    private var settings: PretrainConfiguration { run.experiment.pretrain }

    /// Writes `encoder/`, a model folder in Hugging Face layout, `encoder/pretraining.json`, `vocabulary.tsv` and
    /// `pretraining.html`.
    public func perform() throws {
        try run.step(.pretrain) {
            try run.useDevice()
            let group = try run.group(sharing: settings.batchesPerStep, key: "pretrain.batchesPerStep")
            let notes = try PretrainingNotes(run: run, generator: generator)
            var source = run.resolver.encoder(run.experiment.encoder)
            let vocabulary = try vocabulary(of: notes, source: &source)
            try group?.barrier()
            let tokenizer = try WordPieceTokenizer(folder: source)
            let windows = notes.windows(tokenizer: tokenizer, run: run)
            let model = try BertForMaskedLM(folder: source, seed: run.experiment.seed)
            let (before, progress) = try adapt(
                model, source: source, tokenizer, windows, notes: notes, group: group)
            if run.isLeader {
                try restoreBest(model)
                try model.save(to: run.folder.encoder, tokenizerFrom: source)
                try finish(
                    PretrainSummary(
                        notes: notes, windows: windows, vocabulary: vocabulary, before: before, progress: progress,
                        keepsBest: keepsBest, headStage: Self.headStage))
            }
            // The next step reads what the first process has written.
            try group?.barrier()
        }
    }

    /// What everything random in the step follows from.
    private var generator: SeededGenerator { SeededGenerator(seed: run.experiment.seed).derived("pretrain") }

    /// Trains the head if it is new, then the whole model; returns the scores before that and how the training went.
    private func adapt(
        _ model: BertForMaskedLM, source: String, _ tokenizer: WordPieceTokenizer, _ windows: PretrainingNotes.Windows,
        notes: PretrainingNotes, group: ProcessGroup?
    ) throws -> (before: [String: Double], progress: TrainingProgress) {
        let checkpoint = CheckpointFolder(path: run.folder.encoderCheckpoint)
        let progress = try run.startTraining(
            from: checkpoint, parameters: model.parameters, precision: settings.precision, group: group)
        if progress.step == 0, run.isLeader { try? FileManager.default.removeItem(atPath: run.folder.bestEncoder) }
        let probe = settings.probe && run.isLeader ? try PretrainingProbe(run: run, tokenizer: tokenizer) : nil
        let adaptation = task("masked LM", model, tokenizer, windows, probe: probe)
        run.say(
            "pretrain: \(notes.train.count) notes, \(notes.heldOut.count) held out, "
                + "\(adaptation.pieceCount(ofEpoch: 0)) pieces an epoch")
        let trainer = Trainer(
            parameters: model.parameters, checkpoint: checkpoint, progress: progress, log: run.log,
            quiet: run.options.quiet || !run.isLeader, group: group)
        if model.headIsNew {
            // A head made anew guesses at random: what the encoder knows shows only once the head is trained.
            try trainHead(trainer, task(Self.headStage, model, tokenizer, windows), model)
        }
        var before = trainer.progress.history.last { $0.stage == Self.headStage }?.scores
        if run.isLeader, before == nil || probe != nil {
            // By now a resumed run has other weights than it started with. A new head is no part of the probe.
            let start = progress.step == 0 ? model : try BertForMaskedLM(folder: source, seed: run.experiment.seed)
            let scores = before ?? task("before", start, tokenizer, windows).perplexities()
            before = scores.merging(try probe?.validation(of: start).scores ?? [:]) { $1 }
        }
        model.parameters.setTrainable { _ in true }
        try trainer.train(
            stage: 1, task: adaptation,
            optimizer: AdamW(
                model.parameters,
                groups: AdamW.Group.split(
                    names: model.parameters.names, learningRate: settings.learningRate,
                    weightDecay: settings.weightDecay)),
            settings: trainingSettings(epochs: settings.epochs, patience: settings.patience))
        return (before ?? [:], trainer.progress)
    }

    private func task(
        _ name: String, _ model: BertForMaskedLM, _ tokenizer: WordPieceTokenizer, _ windows: PretrainingNotes.Windows,
        probe: PretrainingProbe? = nil
    ) -> MaskedLanguageTask {
        MaskedLanguageTask(
            name: name, model: model, windows: windows.train, heldOut: windows.heldOut,
            masking: DynamicMasking(
                share: settings.maskedShare, mixture: settings.masking, maskID: tokenizer.vocabulary.maskID,
                replacements: 0..<Int32(tokenizer.vocabulary.count)),
            special: SpecialPieces(tokenizer.vocabulary), batchPieces: settings.batchPieces, generator: generator,
            probe: probe.map { probe in { try probe.validation(of: model) } }, saveBest: { try keep(model) })
    }

    /// Counts how the encoder's vocabulary spells the notes and, where the experiment wants more pieces, makes an
    /// encoder with them and names that as the `source`.
    private func vocabulary(
        of notes: PretrainingNotes, source: inout String
    ) throws -> PretrainSummary.VocabularyFigures {
        let report = try notes.vocabularyReport(WordPieceTokenizer(folder: source))
        let shattered = report.shattered
        let added = Array(
            shattered.lazy.filter { report.isCandidate($0, notes: settings.newPieceNotes) }.prefix(settings.newPieces))
        let extended = run.folder.extendedEncoder
        if !added.isEmpty {
            if run.isLeader { try VocabularyExtension.write(words: added, from: source, to: extended) }
            source = extended
            run.say("pretrain: \(added.count) words of the notes became pieces of the vocabulary")
        }
        if run.isLeader {
            let names = Set(added.map(\.text))
            try AtomicFile.write(
                "word\tpieces\tcount\tnotes\tcost\tadded\n"
                    + shattered.map { word in
                        "\(word.text)\t\(word.pieces.joined(separator: " "))\t\(word.count)\t\(word.notes)\t\(word.cost)\t"
                            + "\(names.contains(word.text) ? "yes" : "no")\n"
                    }.joined(),
                to: run.folder.vocabularyReport)
        }
        return PretrainSummary.VocabularyFigures(report, shattered: shattered, added: added)
    }

    /// Whether the model that was best after an epoch is kept, not the last one.
    private var keepsBest: Bool { settings.patience > 0 }

    private func keep(_ model: BertForMaskedLM) throws {
        guard keepsBest else { return }
        try SafetensorsWriter.write(model.parameters.all, to: run.folder.bestEncoder)
    }

    private func restoreBest(_ model: BertForMaskedLM) throws {
        guard keepsBest, FileManager.default.fileExists(atPath: run.folder.bestEncoder) else { return }
        try model.parameters.load(from: SafetensorsFile(path: run.folder.bestEncoder))
    }

    private func trainHead(_ trainer: Trainer, _ task: MaskedLanguageTask, _ model: BertForMaskedLM) throws {
        model.parameters.setTrainable(where: BertForMaskedLM.isHeadParameter)
        let names = model.parameters.trainable.map(\.name)
        let batches = max(1, task.layOut(epoch: 0))
        let stepsAnEpoch = (batches + settings.batchesPerStep - 1) / settings.batchesPerStep
        let epochs = (settings.headWarmupSteps + stepsAnEpoch - 1) / stepsAnEpoch
        try trainer.train(
            stage: 0, task: task,
            optimizer: AdamW(
                model.parameters,
                groups: AdamW.Group.split(
                    names: names, learningRate: settings.headLearningRate, weightDecay: settings.weightDecay)),
            settings: trainingSettings(epochs: epochs, maximumSteps: settings.headWarmupSteps))
    }

    private func trainingSettings(epochs: Int, maximumSteps: Int? = nil, patience: Int = 0) -> TrainingSettings {
        TrainingSettings(
            epochs: epochs, maximumSteps: maximumSteps, batchesPerStep: settings.batchesPerStep,
            recomputesLayers: settings.recomputesLayers, warmup: settings.warmup,
            maximumGradientNorm: settings.maxGradientNorm, patience: patience,
            checkpointSeconds: settings.checkpointSeconds, seed: run.experiment.seed)
    }

    private func finish(_ summary: PretrainSummary) throws {
        try JSONFile.write(summary, to: run.folder.pretraining)
        let title = run.experiment.title.isEmpty ? run.experiment.name : run.experiment.title
        try AtomicFile.write(
            PretrainingReportPage.render(summary.report(title: title, runName: run.experiment.name)),
            to: run.folder.pretrainingReport)
        CheckpointFolder(path: run.folder.encoderCheckpoint).remove()
        for path in [run.folder.bestEncoder, run.folder.extendedEncoder] {
            try? FileManager.default.removeItem(atPath: path)
        }
        run.say(
            String(
                format: "pretrain: perplexity on held-out notes %.2f before, %.2f after; %.0f pieces/s",
                summary.perplexityBefore, summary.perplexityAfter, summary.piecesPerSecond))
        run.say("pretrain: \(run.folder.pretrainingReport)")
    }
}
