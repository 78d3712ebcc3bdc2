import ClinicalText
import Evaluation

/// Compares predictions with gold mention by mention and sorts what went wrong.
public enum ErrorAnalyzer {
    /// Analyzes the predictions of documents whose gold is divided into sections, sentences and tokens.
    ///
    /// - Parameters:
    ///   - types: what to look at, in the order of the result; all types that occur, sorted, when absent.
    ///   - trainingSurfaces: how the mentions of the training documents are written.
    ///   - isAbbreviation: whether a mention written like this is an abbreviation.
    ///   - examplesPerOutcome: how many examples to keep of each kind of error.
    /// - Throws: ``EvaluationError`` when the two sides do not hold the same documents with the same text.
    public static func analyze(
        gold: [SegmentedDocument], predicted: [Document], types: [String]? = nil, trainingSurfaces: TrainingSurfaces,
        isAbbreviation: (Substring) -> Bool, examplesPerOutcome: Int = 20
    ) throws -> ErrorAnalysisResult {
        let documents = gold.map(\.document)
        let places = try DocumentPairing.places(gold: documents, predicted: predicted)
        let types = Evaluator.evaluatedTypes(types, gold: documents, predicted: predicted)
        let known = Set(types)

        var tally = ErrorTally(types: types)
        var pool = ExamplePool()
        for (segmented, place) in zip(gold, places) {
            let document = segmented.document
            let goldEntities = document.entities.filter { known.contains($0.type) }
            let predictedEntities = predicted[place].entities.filter { known.contains($0.type) }
            let describe = { (entity: Entity) in
                MentionProperties(
                    of: entity, in: segmented, training: trainingSurfaces, isAbbreviation: isAbbreviation)
            }
            let context = ErrorContext(segmented)
            for pair in MentionPair.pairs(gold: goldEntities, predicted: predictedEntities) {
                let right = pair.gold.map { goldEntities[$0] }
                let found = pair.predicted.map { predictedEntities[$0] }
                let properties = (right.map(describe), found.map(describe))
                tally.add(pair, gold: properties.0, predicted: properties.1)
                guard pair.outcome != .correct, let main = properties.0 ?? properties.1 else { continue }
                pool.add(
                    outcome: pair.outcome, document: document.id, surface: main.surface,
                    example: context.example(pair, gold: right, predicted: found, section: main.section))
            }
        }
        return ErrorAnalysisResult(
            documents: gold.count, outcomes: tally.outcomes, boundaries: tally.boundaryCounts, tables: tally.tables,
            confusion: tally.confusion, costlySurfaces: tally.costlySurfaces(limit: 20),
            examples: Outcome.errors.flatMap { pool.examples(of: $0, limit: examplesPerOutcome) })
    }
}
