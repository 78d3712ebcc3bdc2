import ClinicalText

/// Scores de-identification as MEDDOCAN did: mentions with their types (sub-track 1), spans alone, and spans merged
/// over what lies between them (sub-track 2).
struct MeddocanScorer {
    /// How many sentences each document has; nothing where nobody counted.
    let sentences: [String: Int]?

    private static let typed = "same type, start and end"
    private static let strict = "same start and end, whatever the type"
    private static let merged =
        "same start and end before or after neighbors with no letter or digit between them are merged"

    /// Adds the measures and, if sentences were counted, the leak score.
    func score(_ documents: [DocumentPair], into result: inout OfficialResult) {
        var (typed, strict, merged) = (DocumentCounts(), DocumentCounts(), DocumentCounts())
        for pair in documents {
            typed.add(gold: mentions(pair.gold), predicted: mentions(pair.predicted))
            let (gold, predicted) = (MergedSpans(pair.gold), MergedSpans(pair.predicted))
            strict.add(gold: Set(gold.spans), predicted: Set(predicted.spans))
            merged.add(gold.counts(predicted: predicted))
        }
        result.measures = [
            typed.micro("SubTrack 1 [NER]", rule: Self.typed),
            strict.micro("SubTrack 2 [strict]", rule: Self.strict),
            merged.micro("SubTrack 2 [merged]", rule: Self.merged),
        ]
        addLeak(missed: result.measures[0].counts?.falseNegatives ?? 0, documents, into: &result)
    }

    private func addLeak(missed: Int, _ documents: [DocumentPair], into result: inout OfficialResult) {
        guard let sentences else {
            result.notes.append("no leak score: it divides by the number of sentences, which was not given")
            return
        }
        let counts = documents.compactMap { sentences[$0.gold.id] }
        guard counts.count == documents.count else {
            result.notes.append(
                "no leak score: the number of sentences is not known for \(documents.count - counts.count) documents")
            return
        }
        let total = counts.reduce(0, +)
        result.values["Leak"] = total == 0 ? 0 : Double(missed) / Double(total)
    }

    private struct Mention: Hashable {
        let type: String
        let span: TextSpan
    }

    private func mentions(_ document: Document) -> Set<Mention> {
        Set(document.entities.map { Mention(type: $0.type, span: $0.hull) })
    }
}
