import ClinicalText
import Essentials

/// The scorer of a shared task, whose figures published results are compared by.
///
/// The rules are those of the scripts the organizers published, quirks included, because figures compare only when
/// they were computed alike. Two things are stricter here: all scorers want the same documents on both sides (the
/// scripts leave out what only one side has, which raises scores unseen), and the same text where spans are compared.
public enum OfficialScorer: String, Codable, CaseIterable, Hashable, Sendable {
    /// i2b2 2014, track 1: de-identification.
    case deidentification2014 = "i2b2-2014"
    /// i2b2 2014, track 2: risk factors for heart disease.
    case riskFactors2014 = "i2b2-2014-risk"
    /// n2c2 2018, track 2: drugs and adverse events.
    case drugEvents2018 = "n2c2-2018-track2"
    /// MEDDOCAN 2019: de-identification of Spanish cases.
    case meddocan
    /// BioCreative V CDR: diseases, and relations of chemicals and diseases.
    case chemicalDisease = "bc5cdr"

    /// The scorer of a name.
    ///
    /// - Throws: ``ScorerError`` with the nearest name.
    public static func named(_ name: String) throws -> OfficialScorer {
        if let scorer = OfficialScorer(rawValue: name) { return scorer }
        let names = allCases.map(\.rawValue)
        throw ScorerError.unknownScorer(name, nearest: NearestName.of(name, in: names), known: names)
    }

    /// The names of the scorer's variants, the default one first.
    public var variants: [String] {
        switch self {
        case .drugEvents2018: DrugEventScorer.Variant.allCases.map(\.rawValue)
        default: ["official"]
        }
    }

    /// Which published script the rules are those of.
    public var source: String {
        switch self {
        case .deidentification2014, .riskFactors2014:
            "i2b2 2014 evaluation scripts (kotfic/i2b2_evaluation_scripts), as they count under Python 2"
        case .drugEvents2018: "n2c2 2018 track 2 evaluation script (brat_eval.py)"
        case .meddocan: "MEDDOCAN evaluation script (PlanTL-GOB-ES/MEDDOCAN-Evaluation-Script)"
        case .chemicalDisease: "BioCreative V CDR evaluation (BC5CDR_Evaluation-0.0.3)"
        }
    }

    /// Scores predictions as the task did.
    ///
    /// - Throws: ``EvaluationError`` when the two sides do not hold the same documents with the same text,
    ///   ``ScorerError`` for a variant that the scorer does not have.
    public func score(
        gold: [Document], predicted: [Document], options: ScorerOptions = ScorerOptions()
    ) throws -> OfficialResult {
        let variant = try self.variant(options.variant)
        let places = try DocumentPairing.places(
            gold: gold, predicted: predicted, comparingText: self != .riskFactors2014)
        let pairs = zip(gold, places).map { DocumentPair(gold: $0, predicted: predicted[$1]) }
        var result = OfficialResult(scorer: self, variant: variant, documents: gold.count)
        switch self {
        case .deidentification2014: DeidentificationScorer().score(pairs, into: &result)
        case .riskFactors2014: RiskFactorScorer().score(pairs, into: &result)
        case .drugEvents2018:
            DrugEventScorer(variant: .init(rawValue: variant) ?? .allTypes).score(pairs, into: &result)
        case .meddocan: MeddocanScorer(sentences: options.sentences).score(pairs, into: &result)
        case .chemicalDisease: ChemicalDiseaseScorer().score(pairs, into: &result)
        }
        return result
    }

    private func variant(_ asked: String?) throws -> String {
        guard let asked else { return variants[0] }
        guard variants.contains(asked) else {
            throw ScorerError.unknownVariant(
                asked, scorer: rawValue, nearest: NearestName.of(asked, in: variants), known: variants)
        }
        return asked
    }
}
