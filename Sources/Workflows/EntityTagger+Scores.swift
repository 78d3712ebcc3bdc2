import ClinicalText
import Evaluation

extension EntityTagger {
    /// Strict micro scores on notes with gold.
    func strictScores(on notes: [SegmentedDocument]) throws -> Counts {
        let gold = notes.map(\.document)
        let predicted = zip(gold, try entities(in: notes)).map { document, entities in
            var document = document
            document.entities = entities
            return document
        }
        return try Evaluator.evaluate(
            gold: gold, predicted: predicted, types: entityTypes, bootstrapSamples: 0, seed: 0
        ).micro
    }
}
