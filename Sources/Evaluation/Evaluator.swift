import ClinicalText

/// Compares predictions with gold.
public enum Evaluator {
    /// Counts strict matches and puts bootstrap intervals around the scores.
    ///
    /// - Parameters:
    ///   - types: what to evaluate, in the order of the result; all types that occur, sorted, when absent.
    ///   - bootstrapSamples: how often to resample the documents; 0 for no intervals.
    /// - Throws: ``EvaluationError`` when the two sides do not hold the same documents with the same text.
    public static func evaluate(
        gold: [Document], predicted: [Document], types: [String]? = nil, bootstrapSamples: Int = 1000, seed: UInt64
    ) throws -> EvaluationResult {
        let places = try DocumentPairing.places(gold: gold, predicted: predicted)
        let types = evaluatedTypes(types, gold: gold, predicted: predicted)
        let indices = Dictionary(uniqueKeysWithValues: types.enumerated().map { ($1, $0) })
        let rule = MatchingRule.strict

        var counts = [Counts](repeating: Counts(), count: gold.count * types.count)
        var goldOfOtherTypes: [String: Int] = [:]
        var predictedOfOtherTypes: [String: Int] = [:]
        for (document, place) in places.enumerated() {
            let row = document * types.count
            let goldEntities = gold[document].entities
            let predictedEntities = predicted[place].entities
            for entity in goldEntities {
                if let type = indices[entity.type] {
                    counts[row + type].falseNegatives += 1
                } else {
                    goldOfOtherTypes[entity.type, default: 0] += 1
                }
            }
            for entity in predictedEntities {
                if let type = indices[entity.type] {
                    counts[row + type].falsePositives += 1
                } else {
                    predictedOfOtherTypes[entity.type, default: 0] += 1
                }
            }
            for pair in rule.pairs(gold: goldEntities, predicted: predictedEntities) {
                guard let type = indices[goldEntities[pair.gold].type] else { continue }
                counts[row + type].truePositives += 1
                counts[row + type].falsePositives -= 1
                counts[row + type].falseNegatives -= 1
            }
        }

        let intervals =
            bootstrapSamples > 0
            ? DocumentBootstrap(counts: counts, typeCount: types.count).intervals(samples: bootstrapSamples, seed: seed)
            : nil
        let results = types.indices.map { type in
            EvaluationResult.TypeResult(
                type: types[type],
                counts: gold.indices.map { counts[$0 * types.count + type] }.reduce(Counts(), +),
                intervals: intervals?.types[type])
        }
        return EvaluationResult(
            rule: rule, documents: gold.count, types: results, microIntervals: intervals?.micro,
            bootstrap: intervals.map { _ in
                EvaluationResult.Bootstrap(samples: bootstrapSamples, seed: seed, level: DocumentBootstrap.level)
            },
            goldOfOtherTypes: goldOfOtherTypes, predictedOfOtherTypes: predictedOfOtherTypes)
    }

    /// The types asked for, each once, or all that occur, sorted.
    public static func evaluatedTypes(_ asked: [String]?, gold: [Document], predicted: [Document]) -> [String] {
        if let asked {
            var known: Set<String> = []
            return asked.filter { known.insert($0).inserted }
        }
        return Set((gold + predicted).flatMap { $0.entities.map(\.type) }).sorted()
    }
}
