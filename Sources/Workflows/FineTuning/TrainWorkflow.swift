import ClinicalText
import CorpusIO
import Essentials
import Evaluation
import Foundation
import Models
import Tokenization
import Torch
import TorchNN
import Training

/// The step `train`: fine-tunes a tagger stage by stage and keeps the network that was best on dev.
public struct TrainWorkflow {
    private let run: Run

    /// The step of a run.
    public init(run: Run) {
        self.run = run
    }

    /// Writes `tagger/model-best/`, `tagger/model-last/` and `tagger/training.json`.
    public func perform() throws {
        try run.step(.train) {
            if run.experiment.train.model != .featureCRF { try run.useDevice() }
            let group = try run.group(sharing: run.experiment.train.batchesPerStep, key: "train.batchesPerStep")
            let loader = try run.loader()
            let train = try loader.train(for: "train")
            let dev = try loader.documents(of: .dev, for: "train")
            var sets = [("corpus.train", train), ("corpus.dev", dev)]
            if loader.has(.test) { sets.append(("corpus.test", try loader.documents(of: .test, for: "train"))) }
            try loader.refuseSharedNotes(sets.map { (name: $0.0, documents: $0.1) })
            let types = try loader.entityTypes(train: train)
            guard !types.isEmpty else {
                throw WorkflowError.noEntities(path: run.resolver.path(run.experiment.corpus.train.path))
            }
            try fineTune(types: types, train: train, dev: dev, loader: loader, group: group)
        }
    }

    private func fineTune(
        types: [String], train: [SegmentedDocument], dev: [SegmentedDocument], loader: NoteLoader,
        group: ProcessGroup?
    ) throws {
        if run.isLeader {
            try JSONFile.write(run.experiment.text.words, to: run.folder.words)
            try JSONFile.write(run.experiment.label.contextSections, to: run.folder.contextSections)
        }
        let notes = StageNotes(run: run, loader: loader, train: train)
        if run.experiment.train.model == .featureCRF {
            if run.isLeader { try FeatureTraining(run: run, types: types, dev: dev).perform(notes) }
            return
        }
        let job = try FineTuning(run: run, types: types, dev: dev)
        let checkpoint = CheckpointFolder(path: run.folder.taggerCheckpoint)
        let parameters = job.model.parameters
        let trainer = Trainer(
            parameters: parameters, checkpoint: checkpoint,
            progress: try run.startTraining(
                from: checkpoint, parameters: parameters, precision: run.experiment.train.precision, group: group),
            log: run.log, quiet: run.options.quiet || !run.isLeader, group: group)
        for (number, stage) in run.experiment.train.stages.enumerated() where trainer.progress.stage <= number {
            let isResumed = trainer.progress.stage == number && trainer.progress.hasBegun
            if number > 0, !isResumed {
                // A stage builds on the best network so far, which need not be the last one.
                try parameters.load(from: SafetensorsFile(path: "\(run.folder.bestTagger)/model.safetensors"))
            }
            let task = try job.task(stage: number, of: stage, notes: notes, isResumed: isResumed)
            let settings = run.experiment.train
            try trainer.train(
                stage: number, task: task,
                optimizer: job.model.optimizer(for: stage, weightDecay: settings.weightDecay),
                settings: TrainingSettings(
                    epochs: stage.epochs, batchesPerStep: settings.batchesPerStep,
                    averageDecay: settings.averageDecay, recomputesLayers: settings.recomputesLayers,
                    warmup: settings.warmup,
                    maximumGradientNorm: settings.maxGradientNorm, patience: stage.patience,
                    checkpointSeconds: settings.checkpointSeconds,
                    seed: run.experiment.seed))
        }
        guard run.isLeader else { return }
        try job.save(to: run.folder.lastTagger)
        let progress = trainer.progress
        let summary = TrainSummary(
            types: types, history: progress.history, pieces: progress.pieces, seconds: progress.seconds,
            bestF1: progress.bestScore ?? 0, productPath: progress.productPath,
            alignment: AlignmentCounts(job.alignment))
        let calibration = try calibrate(on: dev)
        try JSONFile.write(summary, to: run.folder.training)
        if calibration != nil {
            let card = ModelCard(
                run: run, types: types, architecture: job.model.architecture.words, summary: summary,
                calibration: calibration)
            try AtomicFile.write(card.text, to: "\(run.folder.bestTagger)/README.md")
        }
        checkpoint.remove()
        run.say(
            String(
                format: "train: best dev F1 %.1f %%; %.0f pieces/s", 100 * summary.bestF1, summary.piecesPerSecond))
    }

    /// Finds out how sure the best tagger may be, and keeps it with the tagger.
    private func calibrate(on dev: [SegmentedDocument]) throws -> CalibrationReport? {
        let folder = run.folder.bestTagger
        guard FileManager.default.fileExists(atPath: folder) else { return nil }
        productPrecision = .float32
        let report = try CalibrationReport(
            of: NeuralTagger.load(folder: folder), on: dev, seed: run.experiment.seed)
        let path = "\(folder)/\(TaggerSettings.fileName)"
        var settings = try TaggerSettings(contentsOf: path)
        settings.calibration = report.calibration
        try settings.write(to: path)
        try JSONFile.write(report, to: run.folder.calibration)
        run.say(
            String(
                format: "train: temperature %.2f; expected calibration error on dev %.3f, before %.3f",
                report.calibration.temperature, report.after.expectedCalibrationError,
                report.before.expectedCalibrationError))
        return report
    }
}
