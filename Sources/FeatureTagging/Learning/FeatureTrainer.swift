import ClinicalText
import Essentials

/// Finds the weights of a feature-based tagger, so that the labeled paths of a corpus become probable.
///
/// The same corpus and settings give the same weights, on any number of processors. Training takes seconds to minutes and
/// is not resumed: a run that is interrupted is begun again.
public struct FeatureTrainer: Sendable {
    /// What training found besides the model.
    public struct Summary: Hashable, Sendable, Codable {
        /// The negative log likelihood of the corpus with the penalties, in nats.
        public var loss: Double
        /// The iterations it took.
        public var iterations: Int
        /// Why it ended.
        public var outcome: MinimizerOutcome
        /// The weights that were learned, transitions included, zeros included.
        public var weights: Int
        /// Those of them that are not 0.
        public var weightsNotZero: Int
    }

    /// How.
    public let settings: FeatureTrainingSettings
    /// Whether nothing is shown on standard error.
    public var isQuiet = false
    /// Whether more than one processor is used.
    var isParallel = true

    /// Makes a trainer.
    ///
    /// - Throws: ``FeatureTaggingError/unsupportedSetting(fault:)``.
    public init(_ settings: FeatureTrainingSettings = FeatureTrainingSettings(), isQuiet: Bool = false) throws {
        if let fault = settings.fault { throw FeatureTaggingError.unsupportedSetting(fault: fault) }
        self.settings = settings
        self.isQuiet = isQuiet
    }

    /// Learns from a corpus.
    ///
    /// - Parameter report: is called after each iteration.
    /// - Throws: ``FeatureTaggingError/noSentences``, `InterruptedError` when the user asks to stop, or what `report` throws.
    public func train(
        _ corpus: FeatureCorpus, report: (MinimizerStep) throws -> Void = { _ in }
    ) throws -> (model: FeatureModel, summary: Summary) {
        guard corpus.sentenceCount > 0 else { throw FeatureTaggingError.noSentences }
        let corpus = corpus.keepingFrequent(settings.minimumFrequency)
        let objective = FeatureObjective(corpus, settings)
        objective.isParallel = isParallel
        let progress = Progress(
            "learning the weights of \(corpus.featureCount) features", total: settings.minimization.maximumIterations,
            unit: "iterations", quiet: isQuiet)
        var iterations = 0
        let minimizer = Minimizer(
            objective, l1: settings.l1, l2: settings.l2, settings: settings.minimization, isParallel: isParallel)
        let found = try minimizer.minimize { step in
            iterations = step.iteration
            progress.advance(by: 1, note: "loss \(Int(step.loss.rounded()))")
            try report(step)
            try Interruption.check()
        }
        progress.finish(note: "loss \(Int(found.loss.rounded())), \(found.outcome.rawValue)")
        let summary = Summary(
            loss: found.loss, iterations: iterations, outcome: found.outcome, weights: found.point.count,
            weightsNotZero: found.point.count { $0 != 0 })
        return (FeatureModel(corpus, objective.layout, learned: found.point), summary)
    }
}
