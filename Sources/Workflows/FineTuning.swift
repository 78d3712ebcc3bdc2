import ClinicalText
import Essentials
import Foundation
import Models
import Tokenization
import Training

/// A fine-tuning under way: the network, what it reads text with, and the notes it is judged on.
struct FineTuning {
    let model: BertBiLSTMCRF
    private let run: Run
    private let encoder: String
    private let tokenizer: WordPieceTokenizer
    private let layout: WindowLayout
    private let tagger: NeuralTagger
    private let dev: [SegmentedDocument]

    /// A new head on the run's encoder.
    ///
    /// - Throws: `FileError` when the encoder is not there, and what loading it throws.
    init(run: Run, scheme: TagScheme, dev: [SegmentedDocument]) throws {
        let settings = run.experiment.train
        encoder = run.fineTunedEncoder
        guard FileManager.default.fileExists(atPath: encoder) else {
            throw FileError.missing(path: encoder, hint: "run `clinner pretrain` first, or set pretrain.enabled=false")
        }
        self.run = run
        self.dev = dev
        tokenizer = try WordPieceTokenizer(folder: encoder)
        layout = run.experiment.windows.layout
        model = try BertBiLSTMCRF(
            encoderFolder: encoder, scheme: scheme,
            head: BertBiLSTMCRF.Head(
                lstmUnits: settings.lstmSize, dropout: settings.dropout, decoder: settings.decoder),
            seed: run.experiment.seed)
        tagger = NeuralTagger(model: model, tokenizer: tokenizer, windows: layout)
    }

    /// The task of a stage over `documents`, which stand at `path`.
    ///
    /// - Throws: ``WorkflowError/noEntities(path:)`` when there is nothing to learn.
    func task(
        stage number: Int, of stage: TrainStage, documents: [SegmentedDocument], path: String,
        alignment: inout TagAlignment
    ) throws -> TaggingTask {
        let examples = TaggedWindows.examples(
            of: documents, scheme: model.scheme, tokenizer: tokenizer, layout: layout, alignment: &alignment)
        guard examples.contains(where: { $0.tags.contains { $0 != TagScheme.outside } }) else {
            throw WorkflowError.noEntities(path: path)
        }
        return TaggingTask(
            name: stage.data.rawValue, model: model, examples: examples,
            special: SpecialPieces(tokenizer.vocabulary), batchPieces: stage.batchPieces,
            generator: SeededGenerator(seed: run.experiment.seed).derived("train stage \(number)"),
            validate: validate, saveBest: { try save(to: run.folder.bestTagger) })
    }

    /// Writes the network as a tagger's folder.
    func save(to path: String) throws {
        try model.save(
            to: path, tokenizerFrom: encoder, windows: layout,
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
