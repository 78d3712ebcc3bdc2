import ClinicalText
import Essentials
import Evaluation
import Foundation
import TestSupport
import Testing

@testable import ErrorAnalysis

@Suite struct ErrorAnalyzerTests {
    private func analyze(
        _ notes: [(gold: String, predicted: String)], training: TrainingSurfaces = TrainingSurfaces(),
        types: [String]? = nil, examples: Int = 20
    ) throws -> ErrorAnalysisResult {
        try ErrorAnalyzer.analyze(
            gold: notes.enumerated().map { segmented(document(marked: $1.gold, id: "n\($0)")) },
            predicted: notes.enumerated().map { document(marked: $1.predicted, id: "n\($0)") }, types: types,
            trainingSurfaces: training, isAbbreviation: { $0.utf8.allSatisfy { (65...90).contains($0) } },
            examplesPerOutcome: examples)
    }

    struct Case: CustomTestStringConvertible {
        let gold: String
        let predicted: String
        let outcomes: [Outcome]
        var boundary: BoundaryError?
        var testDescription: String { "\(gold) → \(predicted)" }

        init(_ gold: String, _ predicted: String, _ outcomes: [Outcome], _ boundary: BoundaryError? = nil) {
            (self.gold, self.predicted, self.outcomes, self.boundary) = (gold, predicted, outcomes, boundary)
        }
    }

    static let cases: [Case] = [
        Case("a [bad cough|S] now", "a [bad cough|S] now", [.correct]),
        Case("a [bad cough|S] now", "a bad [cough|S] now", [.wrongBoundary], .tooShortLeft),
        Case("a [bad cough|S] now", "a [bad|S] cough now", [.wrongBoundary], .tooShortRight),
        Case("a [very bad cough|S] now", "a very [bad|S] cough now", [.wrongBoundary], .tooShortBoth),
        Case("a [bad cough|S] now", "[a bad cough|S] now", [.wrongBoundary], .tooLong),
        Case("a [bad cough|S] now", "a [bad cough now|S]", [.wrongBoundary], .tooLong),
        Case("a [bad cough|S] now", "[a bad|S] cough now", [.wrongBoundary], .shifted),
        Case("a [bad cough|S] now", "a bad [cough now|S]", [.wrongBoundary], .shifted),
        Case("a [bad cough|S] now", "a [bad cough|D] now", [.wrongType]),
        Case("a [bad cough|S] now", "a bad [cough|D] now", [.wrongTypeAndBoundary], .tooShortLeft),
        Case("a [bad cough|S] now", "a bad cough now", [.missed]),
        Case("a bad cough now", "a [bad cough|S] now", [.spurious]),
        Case("a [bad cough|S] now", "[a|S] bad cough now", [.spurious, .missed]),
        // One prediction stands for one mention only: the one it shares most with.
        Case("[a|S] [bad cough|S] now", "[a bad cough|S] now", [.missed, .wrongBoundary], .tooLong),
        Case("[a bad cough|S] now", "[a|S] [bad|S] [cough|S] now", [.wrongBoundary, .spurious, .spurious]),
        Case("a [bad|S] [cough|D] now", "a [bad cough|S] now", [.missed, .wrongTypeAndBoundary], .tooLong),
        // Equal overlaps prefer the same type.
        Case("a [ill|S] [bad|D] now", "a [ill bad|D] now", [.missed, .wrongBoundary], .tooLong),
        // An exact match is never given up for a larger overlap elsewhere.
        Case("a [bad|S] [cough|S] now", "a [bad|S] [cough now|D]", [.correct, .wrongTypeAndBoundary], .tooLong),
    ]

    @Test(arguments: cases) func everyMentionHasOneOutcome(_ one: Case) throws {
        let gold = document(marked: one.gold).entities
        let predicted = document(marked: one.predicted).entities
        let pairs = MentionPair.pairs(gold: gold, predicted: predicted)
        #expect(
            pairs.map(\.outcome).sorted { $0.rawValue < $1.rawValue }
                == one.outcomes.sorted { $0.rawValue < $1.rawValue })
        if let boundary = one.boundary { #expect(pairs.compactMap(\.boundary) == [boundary]) }
    }

    @Test func gapsAreABoundaryOfTheirOwn() {
        let gold = Entity(type: "S", spans: [TextSpan(start: 0, end: 4), TextSpan(start: 15, end: 18)])
        let predicted = Entity(type: "S", spans: [TextSpan(start: 0, end: 18)])
        let pairs = MentionPair.pairs(gold: [gold], predicted: [predicted])
        #expect(pairs.map(\.outcome) == [.wrongBoundary] && pairs.map(\.boundary) == [.gaps])
    }

    /// Random mentions of both sides: the pairs must be one to one, complete, and agree with the evaluation.
    @Test func theTallyAgreesWithTheEvaluation() throws {
        var generator = SeededGenerator(seed: 8)
        let text = String(repeating: "word ", count: 60)
        var sides: [[Document]] = [[], []]
        for id in 0..<30 {
            for side in 0..<2 {
                let entities = (0..<Int(generator.next(upperBound: UInt64(25)))).map { _ in
                    let start = Int(generator.next(upperBound: UInt64(50)))
                    let length = 1 + Int(generator.next(upperBound: UInt64(3)))
                    let type = ["A", "B", "C"][Int(generator.next(upperBound: UInt64(3)))]
                    return Entity(type: type, spans: [TextSpan(start: 5 * start, end: 5 * (start + length) - 1)])
                }
                sides[side].append(Document(id: "\(id)", text: text, entities: entities))
            }
        }
        let evaluation = try Evaluator.evaluate(gold: sides[0], predicted: sides[1], bootstrapSamples: 0, seed: 0)
        let result = try ErrorAnalyzer.analyze(
            gold: sides[0].map(segmented), predicted: sides[1], trainingSurfaces: TrainingSurfaces(),
            isAbbreviation: { _ in false })

        let byType = try #require(result.table(.type))
        #expect(byType.buckets.map(\.counts) == evaluation.types.map(\.counts))
        for table in result.tables {
            #expect(table.buckets.map(\.counts).reduce(Counts(), +) == evaluation.micro, "\(table.facet)")
        }
        #expect(result.count(of: .correct) == evaluation.micro.truePositives)
        let bothSided = [Outcome.wrongBoundary, .wrongType, .wrongTypeAndBoundary].map(result.count).reduce(0, +)
        #expect(bothSided + result.count(of: .missed) == evaluation.micro.falseNegatives)
        #expect(bothSided + result.count(of: .spurious) == evaluation.micro.falsePositives)
        #expect(bothSided > 0 && result.count(of: .missed) > 0 && result.count(of: .spurious) > 0)

        let rows = result.confusion.counts
        for (index, type) in evaluation.types.enumerated() {
            #expect(rows[index].reduce(0, +) == type.counts.gold)
            #expect(rows.map { $0[index] }.reduce(0, +) == type.counts.predicted)
        }
        #expect(rows[3][3] == 0)

        for document in 0..<30 {
            let pairs = MentionPair.pairs(gold: sides[0][document].entities, predicted: sides[1][document].entities)
            #expect(pairs.compactMap(\.gold).sorted() == Array(sides[0][document].entities.indices))
            #expect(pairs.compactMap(\.predicted).sorted() == Array(sides[1][document].entities.indices))
        }
    }

    private func names(_ result: ErrorAnalysisResult, _ facet: BucketTable.Facet) throws -> [String: Counts] {
        let table = try #require(result.table(facet))
        return Dictionary(uniqueKeysWithValues: table.buckets.map { ($0.name, $0.counts) })
    }

    @Test func bucketsDivideMentionsByWhatTheyAre() throws {
        let training = TrainingSurfaces([("Chest\npain", "S"), ("copd", "D"), ("mi", "S")])
        let result = try analyze(
            [
                (
                    "[COPD|D] and [MI|D]\nPLAN:\n[chest pain|S] [one two three four five six|S] [a b c d|S]",
                    "[COPD|D] and MI\nPLAN:\n[chest pain|S] one two three four five six [a b c|S] d"
                )
            ], training: training)
        let right = Counts(truePositives: 1)
        let missed = Counts(falseNegatives: 1)
        #expect(try names(result, .abbreviation)["abbreviation"] == right + missed)
        let length = try names(result, .length)
        #expect(
            length == [
                "1": right + missed, "2": right, "3": Counts(falsePositives: 1), "4–5": missed, "6+": missed,
            ])
        let seen = try names(result, .training)
        #expect(seen["seen"] == right + right)
        #expect(seen["seen with another type"] == missed)
        #expect(seen["unseen"] == missed + missed + Counts(falsePositives: 1))
        let sections = try #require(result.table(.section)).buckets
        #expect(sections.map(\.name) == ["plan", ""])
        #expect(sections[1].counts == right + missed)
    }

    @Test func otherTypesAreLeftOut() throws {
        let result = try analyze([("[a|X] [b|Y]", "[a|Z] [b|Y]")], types: ["Y"])
        #expect(result.confusion.types == ["Y"])
        #expect(result.confusion.counts == [[1, 0], [0, 0]])
        #expect(result.examples.isEmpty)
    }

    @Test func examplesCarryCodePointOffsetsAndTheSentenceAround() throws {
        let result = try analyze([
            ("Fieber 😀 hoch.\nSeit [drei Tagen β|T] müde.\nEnde.", "Fieber 😀 hoch.\nSeit drei [Tagen β|T] müde.\nEnde.")
        ])
        let example = try #require(result.examples.first)
        #expect(result.examples.count == 1)
        #expect(example.context == "Seit drei Tagen β müde.")
        #expect(example.gold?.spans == [[20, 32]])
        #expect(example.predicted?.spans == [[25, 32]])
        #expect(example.boundary == .tooShortLeft)
        let scalars = Array(example.context.unicodeScalars)
        let gold = try #require(example.gold?.spans.first)
        let slice = scalars[gold[0] - example.contextStart..<gold[1] - example.contextStart]
        #expect(String(String.UnicodeScalarView(slice)) == "drei Tagen β")
        #expect(!example.isCutBefore && !example.isCutAfter)
    }

    @Test func aLongSentenceIsCutAtTokensAroundTheMention() throws {
        let many = (0..<200).map { "w\($0)" }.joined(separator: " ")
        let result = try analyze([("\(many) [cough|S] \(many)", "\(many) cough \(many)")])
        let example = try #require(result.examples.first)
        #expect(example.isCutBefore && example.isCutAfter)
        #expect(example.context.count < 520 && example.context.count > 400)
        let words = example.context.split(separator: " ").map(String.init)
        #expect(words.contains("cough"))
        #expect(words.allSatisfy { $0 == "cough" || Int($0.dropFirst()) != nil })
        #expect(many.contains(words[0]) && words[0].hasPrefix("w"))
    }

    @Test func examplesSpreadOverDocumentsAndSurfaces() throws {
        let notes = (0..<10).map { id in
            (gold: "[pain|S] [pain|S] [x\(id)|S] [y\(id)|S]", predicted: "pain pain x\(id) y\(id)")
        }
        let result = try analyze(notes, examples: 5)
        #expect(Set(result.examples.map(\.document)).count == 5)
        let surfaces = result.examples.map { example in
            let span = example.gold?.spans.first ?? [0, 0]
            let scalars = Array(example.context.unicodeScalars)
            return String(String.UnicodeScalarView(scalars[span[0]..<span[1]]))
        }
        #expect(Set(surfaces).count == 5, "one surface fills no second place while there are others")
        #expect(try analyze(notes, examples: 5) == result)
        #expect(try analyze(notes, examples: 1000).examples.count == 40)
    }

    @Test func theDearestSurfacesComeFirst() throws {
        let result = try analyze([
            ("[SOB|S] x [sob|S] [cough|S] fine", "SOB x sob [cough|S] [fine|S]"),
            ("[Sob|S] y", "Sob [y|D]"),
        ])
        #expect(result.costlySurfaces.map(\.surface) == ["sob", "fine", "y"])
        #expect(result.costlySurfaces[0].counts == Counts(falseNegatives: 3))
        #expect(result.costlySurfaces[0].cost == 3)
    }

    @Test func documentsThatDoNotBelongTogetherAreRefused() {
        #expect(throws: EvaluationError.missingPredictions(documents: ["note"])) {
            try ErrorAnalyzer.analyze(
                gold: [segmented(document(marked: "a"))], predicted: [], trainingSurfaces: TrainingSurfaces(),
                isAbbreviation: { _ in false })
        }
    }

    @Test func aResultSurvivesJSON() throws {
        let result = try analyze([("a [bad cough|S] [MI|D]", "a bad [cough|S] [MI|S]")])
        let data = try JSONEncoder().encode(result)
        #expect(try JSONDecoder().decode(ErrorAnalysisResult.self, from: data) == result)
        #expect(result.examples.count == 2)
    }
}
