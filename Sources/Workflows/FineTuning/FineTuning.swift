import ClinicalText
import Essentials
import Foundation
import Models
import Tokenization
import Training

/// A fine-tuning under way: the network, what it reads text with, and the notes it is judged on.
final class FineTuning {
    let model: TaggerNetwork
    /// What tags could not hold, in the notes of all tasks so far.
    var alignment: TagAlignment { windows.alignment }
    private let run: Run
    private let encoder: String
    private let reader: WordReader
    private let tagger: NeuralTagger
    private let dev: [SegmentedDocument]
    private var windows: TaggedWindows

    /// A new head on the run's encoder.
    ///
    /// - Throws: `FileError` when the encoder is not there, and what loading it and the lexicons throws.
    init(run: Run, types: [String], dev: [SegmentedDocument]) throws {
        let settings = run.experiment.train
        encoder = run.fineTunedEncoder
        guard FileManager.default.fileExists(atPath: encoder) else {
            throw FileError.missing(path: encoder, hint: "run `clinner pretrain` first, or set pretrain.enabled=false")
        }
        self.run = run
        self.dev = dev
        let features = try run.lexiconFeatures()
        let architecture = settings.architecture(features: features?.names ?? [])
        reader = WordReader(
            tokenizer: try WordPieceTokenizer(folder: encoder), windows: run.experiment.windows.layout,
            architecture: architecture, features: features)
        model = try TaggerNetwork(
            encoderFolder: encoder, types: types, architecture: architecture, seed: run.experiment.seed)
        tagger = NeuralTagger(model: model, reader: reader)
        windows = TaggedWindows(reader: reader, types: types, architecture: architecture)
    }

    /// The task of a stage, whose network has the weights that the stage begins with, or goes on with if it `isResumed`.
    ///
    /// - Throws: ``WorkflowError/noEntities(path:)`` when there is nothing to learn; what reading the notes throws.
    func task(stage number: Int, of stage: TrainStage, notes: StageNotes, isResumed: Bool) throws -> TaggingTask {
        let kept = windows.alignment.kept
        let examples = try examples(stage: number, of: stage, notes: notes, isResumed: isResumed)
        guard windows.alignment.kept > kept else {
            let path =
                switch stage.data {
                case .gold: run.resolver.path(run.experiment.corpus.train.path)
                case .silver, .mixed: run.folder.silver
                case .teacher: run.folder.teacherLabels(stage: number)
                }
            throw WorkflowError.noEntities(path: path)
        }
        return TaggingTask(
            name: stage.data.rawValue, model: model, examples: examples,
            special: SpecialPieces(reader.tokenizer.vocabulary), batchPieces: stage.batchPieces,
            generator: SeededGenerator(seed: run.experiment.seed).derived("train stage \(number)"),
            frozenEpochs: stage.frozenEpochs, validate: validate,
            saveBest: { [self] in try save(to: run.folder.bestTagger) })
    }

    private func examples(
        stage number: Int, of stage: TrainStage, notes: StageNotes, isResumed: Bool
    ) throws -> [TaggingTask.Example] {
        switch stage.data {
        case .gold: return try windows.examples(of: notes.gold)
        case .silver: return try silverExamples(stage, notes)
        case .mixed: return try windows.examples(of: notes.gold) + silverExamples(stage, notes)
        case .teacher:
            let tagged = try notes.tagged(by: tagger, stage: number, isResumed: isResumed)
            return try windows.examples(of: notes.gold) + windows.examples(ofTagged: tagged, stage: stage)
        }
    }

    private func silverExamples(_ stage: TrainStage, _ notes: StageNotes) throws -> [TaggingTask.Example] {
        let silver = try notes.silver()
        if !stage.readsTokens {
            return try windows.examples(of: silver, weight: Float(stage.silverWeight))
        }
        return try windows.examples(of: silver, tokens: notes.silverTokens(), stage: stage)
    }

    /// Writes the network as a tagger's folder.
    func save(to path: String) throws {
        try model.save(
            to: path, tokenizerFrom: encoder, windows: reader.windows,
            training: ["run": run.experiment.name, "seed": "\(run.experiment.seed)"], copying: run.taggerFiles)
    }

    /// Strict scores on the dev notes; F1 is what models are chosen by.
    private func validate() throws -> Validation? {
        let micro = try tagger.strictScores(on: dev)
        run.say(
            "train: dev precision \(percent(micro.precision)), recall \(percent(micro.recall)), "
                + "F1 \(percent(micro.f1))")
        return Validation(
            score: micro.f1, scores: ["precision": micro.precision, "recall": micro.recall, "f1": micro.f1])
    }
}
