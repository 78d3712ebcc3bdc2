import ClinicalText
import Essentials
import Evaluation
import TestSupport
import Testing

@Suite struct DocumentBootstrapTests {
    /// Notes with a random number of mentions of three types, of which some are missed and some invented.
    private func notes(_ count: Int, seed: UInt64) -> (gold: [Document], predicted: [Document]) {
        var generator = SeededGenerator(seed: seed)
        let text = String(repeating: "word ", count: 40)
        var gold: [Document] = []
        var predicted: [Document] = []
        for id in 0..<count {
            var sides: [[Entity]] = [[], []]
            for word in 0..<Int(generator.next(upperBound: UInt64(30))) {
                let span = TextSpan(start: 5 * word, end: 5 * word + 4)
                let entity = Entity(type: ["A", "B", "Rare"][word == 29 ? 2 : word % 2], spans: [span])
                for side in 0..<2 where generator.unit() < 0.8 { sides[side].append(entity) }
            }
            gold.append(Document(id: "\(id)", text: text, entities: sides[0]))
            predicted.append(Document(id: "\(id)", text: text, entities: sides[1]))
        }
        return (gold, predicted)
    }

    /// The slow way: evaluate every resampled set of documents anew.
    @Test func intervalsAreThoseOfEvaluatingEveryResampledSet() throws {
        let (gold, predicted) = notes(7, seed: 5)
        let result = try Evaluator.evaluate(
            gold: gold, predicted: predicted, types: ["A", "B"], bootstrapSamples: 60, seed: 9)

        var generator = SeededGenerator(seed: 9).derived("bootstrap")
        var f1s: [Double] = []
        var recallsOfB: [Double] = []
        for _ in 0..<60 {
            let drawn = (0..<7).map { _ in Int(generator.next(upperBound: UInt64(7))) }
            func renamed(_ documents: [Document]) -> [Document] {
                drawn.enumerated().map { place, index in
                    var document = documents[index]
                    document.id = "\(place)"
                    return document
                }
            }
            let sample = try Evaluator.evaluate(
                gold: renamed(gold), predicted: renamed(predicted), types: ["A", "B"], bootstrapSamples: 0, seed: 0)
            f1s.append(sample.micro.f1)
            if sample.types[1].counts.gold > 0 { recallsOfB.append(sample.types[1].counts.recall) }
        }
        func quantile(_ values: [Double], _ share: Double) -> Double {
            let sorted = values.sorted()
            let position = share * Double(sorted.count - 1)
            let low = Int(position.rounded(.down))
            let high = Int(position.rounded(.up))
            return sorted[low] + (position - Double(low)) * (sorted[high] - sorted[low])
        }
        let micro = try #require(result.microIntervals)
        #expect(abs(micro.f1.lower - quantile(f1s, 0.025)) < 1e-12)
        #expect(abs(micro.f1.upper - quantile(f1s, 0.975)) < 1e-12)
        let recall = try #require(result.types[1].intervals?.recall)
        #expect(abs(recall.lower - quantile(recallsOfB, 0.025)) < 1e-12)
        #expect(abs(recall.upper - quantile(recallsOfB, 0.975)) < 1e-12)
    }

    @Test func theSameSeedGivesTheSameIntervalsAndAnotherSeedOthers() throws {
        let (gold, predicted) = notes(12, seed: 2)
        func intervals(_ seed: UInt64) throws -> ScoreIntervals? {
            try Evaluator.evaluate(gold: gold, predicted: predicted, seed: seed).microIntervals
        }
        #expect(try intervals(1) == intervals(1))
        #expect(try intervals(1) != intervals(2))
    }

    @Test func theIntervalHoldsTheScoreAndNarrowsWithMoreDocuments() throws {
        func width(_ count: Int) throws -> Double {
            let (gold, predicted) = notes(count, seed: 4)
            let result = try Evaluator.evaluate(gold: gold, predicted: predicted, seed: 1)
            let f1 = try #require(result.microIntervals).f1
            #expect(f1.lower <= result.micro.f1 && result.micro.f1 <= f1.upper)
            return f1.upper - f1.lower
        }
        #expect(try width(200) < width(10) / 2)
    }

    @Test func noSamplesGiveNoIntervals() throws {
        let (gold, predicted) = notes(3, seed: 4)
        let result = try Evaluator.evaluate(gold: gold, predicted: predicted, bootstrapSamples: 0, seed: 1)
        #expect(result.microIntervals == nil && result.bootstrap == nil)
        #expect(result.types.allSatisfy { $0.intervals == nil })
    }

    @Test func noDocumentsGiveNoScoresRatherThanACrash() throws {
        let result = try Evaluator.evaluate(gold: [], predicted: [], seed: 1)
        #expect(result.micro == Counts() && result.documents == 0)
    }
}
