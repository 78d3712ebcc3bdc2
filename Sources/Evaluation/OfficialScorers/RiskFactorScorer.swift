import ClinicalText

/// Scores risk factors as i2b2 2014, track 2, did: the set of statements about each document, each counted once.
///
/// The texts are not compared; the task's system files need not hold them.
struct RiskFactorScorer {
    private static let rule =
        "same element and attributes (time, indicator, status, the two types in either order), each once a document"

    /// Adds the measures.
    func score(_ documents: [DocumentPair], into result: inout OfficialResult) {
        var counts = DocumentCounts()
        var left = (gold: 0, predicted: 0)
        for pair in documents {
            counts.add(gold: factors(pair.gold, &left.gold), predicted: factors(pair.predicted, &left.predicted))
        }
        result.measures = [
            counts.macro("Risk factors", rule: Self.rule, f1: .ofMeans),
            counts.micro("Risk factors", rule: Self.rule),
        ]
        result.note(left.gold, "gold labels are none of the task's")
        result.note(left.predicted, "predicted labels are none of the task's")
    }

    /// The statements of a document: its labels or, where it has none of the task's, what annotators' tags speak for.
    private func factors(_ document: Document, _ left: inout Int) -> Set<RiskFactor> {
        var factors: Set<RiskFactor> = []
        for label in document.labels where !Self.isEvidence(label) {
            if let factor = RiskFactor(label) { factors.insert(factor) } else { left += 1 }
        }
        return factors.isEmpty ? evidence(of: document) : factors
    }

    /// Whether a label is an annotator's tag that lies nowhere in the text, as some of the family's history do.
    private static func isEvidence(_ label: DocumentLabel) -> Bool { label.attributes["start"] != nil }

    private func evidence(of document: Document) -> Set<RiskFactor> {
        let mentions = document.entities.compactMap {
            RiskFactor(evidence: $0.type, attributes: $0.attributes, liesInText: true)
        }
        let others = document.labels.filter(Self.isEvidence).compactMap {
            RiskFactor(evidence: $0.name, attributes: $0.attributes, liesInText: false)
        }
        return Set(mentions + others)
    }
}
