import ClinicalText
import Essentials
import Evaluation
import FeatureTagging
import Foundation
import Training

/// The training of a feature-based tagger: the notes of all stages at once, no network.
struct FeatureTraining {
    let run: Run
    let types: [String]
    let dev: [SegmentedDocument]

    /// Learns, scores on dev, writes `tagger/model-best/` and the summary.
    ///
    /// - Throws: ``WorkflowError/noEntities(path:)`` when there is nothing to learn; what reading notes and lexicons throws.
    func perform(_ notes: StageNotes) throws {
        let start = Date()
        let features = try run.lexiconFeatures()
        let context = FeatureContext(lexicon: features.map { LexiconMentions($0.matcher) })
        var corpus = FeatureCorpus(templates: FeatureTemplates(), scheme: TagScheme(types: types))
        var alignment = TagAlignment()
        for data in Set(run.experiment.train.stages.flatMap(\.data.parts)).sorted(by: { $0.rawValue < $1.rawValue }) {
            for document in data == .gold ? notes.gold : try notes.silver() {
                alignment += corpus.add(document, context)
            }
        }
        guard alignment.kept > 0 else {
            throw WorkflowError.noEntities(path: run.resolver.path(run.experiment.corpus.train.path))
        }
        let settings = run.experiment.train.featureCRF
        let (model, learned) = try FeatureTrainer(settings.settings, isQuiet: run.options.quiet).train(corpus)
        let seconds = Date().timeIntervalSince(start)
        let tagger = FeatureTagger(model, context: context)
        let micro = try tagger.strictScores(on: dev)
        let record = ["run": run.experiment.name, "seed": "\(run.experiment.seed)"]
        for folder in [run.folder.bestTagger, run.folder.lastTagger] {
            try model.save(to: folder, training: record, copying: run.taggerFiles)
        }
        let scores = ["precision": micro.precision, "recall": micro.recall, "f1": micro.f1]
        let summary = TrainSummary(
            types: types,
            history: [
                EpochRecord(
                    stage: "features", epoch: learned.iterations, loss: learned.loss / Double(corpus.tokenCount),
                    scores: scores, isBest: true)
            ], pieces: 0, seconds: seconds, bestF1: micro.f1, productPath: "", alignment: AlignmentCounts(alignment))
        try JSONFile.write(summary, to: run.folder.training)
        let card = ModelCard(
            run: run, types: types, architecture: "a linear-chain CRF over features of words, no network",
            summary: summary, calibration: nil)
        try AtomicFile.write(card.text, to: "\(run.folder.bestTagger)/README.md")
        run.say(
            "train: \(learned.weightsNotZero) of \(learned.weights) weights in \(learned.iterations) iterations; "
                + "dev F1 \(percent(micro.f1))")
    }
}

extension TrainData {
    /// What a stage of the kind reads, as far as a tagger without teachers does.
    var parts: [TrainData] {
        switch self {
        case .gold, .teacher: [.gold]
        case .silver: [.silver]
        case .mixed: [.gold, .silver]
        }
    }
}
