import ClinicalText
import CorpusIO
import Essentials
import Evaluation
import Foundation
import Models
import Tokenization
import TorchNN
import Training

/// The step `train`: fine-tunes BERT-BiLSTM-CRF stage by stage and keeps the network that was best on dev.
public struct TrainWorkflow {
    private let run: Run

    /// The step of a run.
    public init(run: Run) {
        self.run = run
    }

    /// Writes `tagger/model-best/`, `tagger/model-last/` and `tagger/training.json`.
    public func perform() throws {
        try run.step(.train) {
            let loader = try run.loader()
            let train = try loader.train(for: "train")
            let dev = try loader.documents(of: .dev, for: "train")
            var sets = [("corpus.train", train), ("corpus.dev", dev)]
            if loader.has(.test) { sets.append(("corpus.test", try loader.documents(of: .test, for: "train"))) }
            try loader.refuseSharedNotes(sets.map { (name: $0.0, documents: $0.1) })
            let scheme = TagScheme(types: try loader.entityTypes(train: train))
            guard !scheme.types.isEmpty else {
                throw WorkflowError.noEntities(path: run.resolver.path(run.experiment.corpus.train.path))
            }
            try fineTune(scheme: scheme, train: train, dev: dev, loader: loader)
        }
    }

    private func fineTune(
        scheme: TagScheme, train: [SegmentedDocument], dev: [SegmentedDocument], loader: NoteLoader
    ) throws {
        let settings = run.experiment.train
        let encoder = run.fineTunedEncoder
        guard FileManager.default.fileExists(atPath: encoder) else {
            throw FileError.missing(path: encoder, hint: "run `clinner pretrain` first, or set pretrain.enabled=false")
        }
        let tokenizer = try WordPieceTokenizer(folder: encoder)
        let layout = run.experiment.windows.layout
        let model = try BertBiLSTMCRF(
            encoderFolder: encoder, scheme: scheme,
            head: BertBiLSTMCRF.Head(lstmUnits: settings.lstmSize, dropout: settings.dropout),
            seed: run.experiment.seed)
        let checkpoint = CheckpointFolder(path: run.folder.taggerCheckpoint)
        let trainer = Trainer(
            parameters: model.parameters, checkpoint: checkpoint,
            progress: try run.startTraining(from: checkpoint, parameters: model.parameters), log: run.log,
            quiet: run.options.quiet)
        let tagger = NeuralTagger(model: model, tokenizer: tokenizer, windows: layout)
        let gold = dev.map(\.document)

        func validate() throws -> Validation? {
            let predicted = zip(gold, try tagger.entities(in: dev)).map { document, entities in
                var document = document
                document.entities = entities
                return document
            }
            let micro = try Evaluator.evaluate(
                gold: gold, predicted: predicted, types: scheme.types, bootstrapSamples: 0, seed: 0
            ).micro
            run.say(
                "train: dev precision \(percent(micro.precision)), recall \(percent(micro.recall)), "
                    + "F1 \(percent(micro.f1))")
            return Validation(
                score: micro.f1, scores: ["precision": micro.precision, "recall": micro.recall, "f1": micro.f1])
        }

        func save(to path: String) throws {
            try model.save(
                to: path, tokenizerFrom: encoder, windows: layout,
                training: ["run": run.experiment.name, "seed": "\(run.experiment.seed)"],
                copying: run.taggerFiles)
        }

        var alignment = TagAlignment()
        for (number, stage) in settings.stages.enumerated() {
            let documents = stage.data == .gold ? train : try silver(loader)
            let examples = Self.examples(
                documents, scheme: scheme, tokenizer: tokenizer, layout: layout, alignment: &alignment)
            guard examples.contains(where: { $0.tags.contains { $0 != TagScheme.outside } }) else {
                throw WorkflowError.noEntities(
                    path: stage.data == .gold
                        ? run.resolver.path(run.experiment.corpus.train.path) : run.folder.silver)
            }
            if number > 0, trainer.progress.stage == number, !trainer.progress.hasBegun {
                // A stage builds on the best network so far, which need not be the last one.
                try model.parameters.load(
                    from: SafetensorsFile(path: "\(run.folder.bestTagger)/model.safetensors"))
            }
            let task = TaggingTask(
                name: stage.data.rawValue, model: model, examples: examples,
                special: SpecialPieces(tokenizer.vocabulary), batchPieces: stage.batchPieces,
                generator: SeededGenerator(seed: run.experiment.seed).derived("train stage \(number)"),
                validate: validate, saveBest: { try save(to: run.folder.bestTagger) })
            try trainer.train(
                stage: number, task: task, optimizer: Self.optimizer(model.parameters, stage, settings),
                settings: TrainingSettings(
                    epochs: stage.epochs, warmup: settings.warmup, maximumGradientNorm: settings.maxGradientNorm,
                    patience: stage.patience, checkpointSeconds: settings.checkpointSeconds,
                    seed: run.experiment.seed))
        }
        try save(to: run.folder.lastTagger)
        let progress = trainer.progress
        let summary = TrainSummary(
            types: scheme.types, history: progress.history, pieces: progress.pieces, seconds: progress.seconds,
            bestF1: progress.bestScore ?? 0, productPath: progress.productPath, alignment: AlignmentCounts(alignment))
        try JSONFile.write(summary, to: run.folder.training)
        checkpoint.remove()
        run.say(
            String(
                format: "train: best dev F1 %.1f %%; %.0f pieces/s", 100 * summary.bestF1, summary.piecesPerSecond))
    }

    private func silver(_ loader: NoteLoader) throws -> [SegmentedDocument] {
        guard FileManager.default.fileExists(atPath: run.folder.silver) else {
            throw FileError.missing(path: run.folder.silver, hint: "run `clinner label` first")
        }
        var options = ReadOptions()
        options.format = .jsonl
        return loader.segmented(
            try CorpusReader.read(run.folder.silver, name: "silver", options: options).corpus.documents)
    }

    private static func examples(
        _ documents: [SegmentedDocument], scheme: TagScheme, tokenizer: WordPieceTokenizer, layout: WindowLayout,
        alignment: inout TagAlignment
    ) -> [TaggingTask.Example] {
        var examples: [TaggingTask.Example] = []
        for document in documents where !document.segmentation.tokens.isEmpty {
            let (tags, counts) = scheme.tags(of: document)
            alignment += counts
            let encoded = tokenizer.encode(document)
            for window in layout.windows(of: encoded, sentences: document.segmentation.sentences) {
                examples.append(
                    TaggingTask.Example(
                        window: PackedBatch.Sequence(window, of: encoded, layout: layout),
                        tags: Array(tags[window.words])))
            }
        }
        return examples
    }

    private static func optimizer(
        _ parameters: Parameters, _ stage: TrainStage, _ settings: TrainConfiguration
    ) -> AdamW {
        let names = parameters.names
        let groups =
            AdamW.Group.split(
                names: names.filter(BertBiLSTMCRF.isEncoderParameter), learningRate: stage.learningRate,
                weightDecay: settings.weightDecay)
            + AdamW.Group.split(
                names: names.filter { !BertBiLSTMCRF.isEncoderParameter($0) },
                learningRate: stage.headLearningRate, weightDecay: settings.weightDecay)
        return AdamW(parameters, groups: groups)
    }
}

/// What the train step leaves for the report.
struct TrainSummary: Codable {
    var types: [String]
    var history: [EpochRecord]
    /// Pieces trained on, all epochs, `[CLS]` and `[SEP]` counted.
    var pieces: Int
    /// Seconds of training, validation and checkpoints not counted.
    var seconds: Double
    var bestF1: Double
    var productPath: String
    var alignment: AlignmentCounts

    var piecesPerSecond: Double { seconds > 0 ? Double(pieces) / seconds : 0 }
}

/// What became of the training entities when they were written as tags, all stages together.
struct AlignmentCounts: Codable {
    var exact: Int
    var widened: Int
    var overlapping: Int
    var discontinuous: Int
    var empty: Int

    init(_ alignment: TagAlignment) {
        exact = alignment.exact
        widened = alignment.widened
        overlapping = alignment.overlapping
        discontinuous = alignment.discontinuous
        empty = alignment.empty
    }
}

extension Run {
    /// What tagging has to read beside the network, by its name in the tagger's folder.
    var taggerFiles: [String: String] {
        let headers = experiment.text.sectionHeaders
        return headers.isEmpty ? [:] : [TagJob.sectionHeadersFile: resolver.path(headers)]
    }
}
