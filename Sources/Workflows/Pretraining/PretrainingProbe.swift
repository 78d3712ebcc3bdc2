import ClinicalText
import Essentials
import Models
import Tokenization
import Training

/// What the encoder in adaptation is worth for finding entities: the dev F1 of a linear head trained on the train
/// notes.
struct PretrainingProbe {
    private let run: Run
    private let probe: LinearProbe
    private let types: [String]
    private let reader: WordReader
    private let dev: [SegmentedDocument]

    /// A probe of a run, which has to have train and dev notes with entities.
    init(run: Run, tokenizer: WordPieceTokenizer) throws {
        let loader = try run.loader()
        let train = try loader.train(for: "pretrain")
        dev = try loader.documents(of: .dev, for: "pretrain")
        types = try loader.entityTypes(train: train)
        guard !types.isEmpty else {
            throw WorkflowError.noEntities(path: run.resolver.path(run.experiment.corpus.train.path))
        }
        self.run = run
        let reader = WordReader(
            tokenizer: tokenizer, windows: run.experiment.windows.layout,
            architecture: TaggerArchitecture(lstmUnits: 0, decoder: .softmax))
        self.reader = reader
        let scheme = TagScheme(types: types)
        probe = LinearProbe(
            windows: try train.flatMap { document in
                let tags = scheme.tags(of: document).tags
                return try reader.windows(of: document).map { ($0.sequence, Array(tags[$0.window.words])) }
            },
            special: SpecialPieces(tokenizer.vocabulary), batchPieces: run.experiment.pretrain.batchPieces,
            generator: SeededGenerator(seed: run.experiment.seed))
    }

    /// Trains a head on the encoder as it is now and scores it on the dev notes.
    func validation(of model: BertForMaskedLM) throws -> Validation {
        let network = try probe.tagger(on: model, types: types, seed: run.experiment.seed)
        let tagger = NeuralTagger(model: network, reader: reader)
        let f1 = try tagger.strictScores(on: dev).f1
        run.say("pretrain: probe's dev F1 \(percent(f1))")
        return Validation(score: f1, scores: ["probe f1": f1])
    }
}
