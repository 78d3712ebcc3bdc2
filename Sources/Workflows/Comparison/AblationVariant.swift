import Foundation

/// One way to make a run: what it changes of the flagship.
struct AblationVariant: Hashable, Sendable {
    /// What it is called; the flagship's is ``flagshipName``.
    var name: String
    /// The part that is changed; empty for the flagship and for combinations.
    var factor = ""
    /// `key=value` pairs that are laid over the configuration.
    var overrides: [String] = []

    static let flagshipName = "as configured"
    static let flagship = AblationVariant(name: flagshipName)

    /// Its name in file names.
    var slug: String {
        let kept = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return String(kept).split(separator: "-").joined(separator: "-")
    }

    /// The variants that an experiment asks for, the flagship first.
    static func all(of experiment: Experiment) -> [AblationVariant] {
        let factors = experiment.ablate.factors.isEmpty ? factors(of: experiment) : experiment.ablate.factors
        guard experiment.ablate.grid else {
            return [flagship]
                + factors.flatMap { factor in
                    factor.levels.map {
                        AblationVariant(
                            name: "\(factor.name): \($0.name)", factor: factor.name, overrides: $0.overrides)
                    }
                }
        }
        return factors.reduce([flagship]) { variants, factor in
            variants.flatMap { variant in
                [variant]
                    + factor.levels.map { level in
                        let change = "\(factor.name): \(level.name)"
                        return AblationVariant(
                            name: variant.name == flagshipName ? change : "\(variant.name), \(change)",
                            overrides: variant.overrides + level.overrides)
                    }
            }
        }
    }

    /// Every part that an experiment has, and what may stand in its place.
    private static func factors(of experiment: Experiment) -> [AblationFactor] {
        let train = experiment.train
        var factors: [AblationFactor] = []
        let heads: [TaggerModel: [(String, TaggerModel)]] = [
            .bertBiLSTMCRF: [
                ("no CRF", .bertBiLSTM), ("no BiLSTM", .bertCRF), ("neither BiLSTM nor CRF", .bertLinear),
                ("no BERT", .biLSTMCRF), ("features alone", .featureCRF),
            ],
            .bertCRF: [("no CRF", .bertLinear), ("with BiLSTM", .bertBiLSTMCRF)],
            .bertBiLSTM: [("with CRF", .bertBiLSTMCRF), ("no BiLSTM", .bertLinear)],
            .bertLinear: [("with CRF", .bertCRF), ("with BiLSTM and CRF", .bertBiLSTMCRF)],
            .biLSTMCRF: [("with BERT", .bertBiLSTMCRF), ("features alone", .featureCRF)],
            .featureCRF: [("BERT-linear", .bertLinear), ("BERT-BiLSTM-CRF", .bertBiLSTMCRF)],
        ]
        factors.append(
            AblationFactor(
                "head", (heads[train.model] ?? []).map { AblationLevel($0, "train.model=\($1.rawValue)") }))
        if train.characterSize > 0 {
            factors.append(AblationFactor("characters", [AblationLevel("none", "train.characterSize=0")]))
        }
        if !experiment.label.lexicons.isEmpty {
            factors.append(
                AblationFactor(
                    "lexicon features",
                    [
                        AblationLevel(
                            train.lexiconFeatures ? "none" : "all", "train.lexiconFeatures=\(!train.lexiconFeatures)")
                    ]))
        }
        if experiment.pretrain.enabled {
            factors.append(AblationFactor("adaptation", [AblationLevel("none", "pretrain.enabled=false")]))
        }
        if let silver = train.stages.firstIndex(where: { $0.data == .silver || $0.data == .mixed }) {
            factors.append(AblationFactor("silver", silverLevels(of: train, at: silver)))
        }
        factors.append(
            AblationFactor(
                "gold sentences", [10, 50, 100].map { AblationLevel("\($0)", "train.goldSentences=\($0)") }))
        return factors.filter { !$0.levels.isEmpty }
    }

    private static func silverLevels(of train: TrainConfiguration, at silver: Int) -> [AblationLevel] {
        func stages(_ change: (inout [TrainStage]) -> Void) -> String {
            var stages = train.stages
            change(&stages)
            return "train.stages=\(YAMLText.flow(of: stages))"
        }
        var levels: [AblationLevel] = []
        if train.stages.contains(where: { $0.data == .gold }) {
            levels.append(AblationLevel("none", stages { $0.removeAll { $0.data == .silver || $0.data == .mixed } }))
            levels.append(AblationLevel("alone", stages { $0 = [$0[silver]] }))
        }
        for targets in TrainTargets.allCases where targets != train.stages[silver].targets {
            levels.append(AblationLevel(targets.rawValue, stages { $0[silver].targets = targets }))
        }
        return levels
    }
}
