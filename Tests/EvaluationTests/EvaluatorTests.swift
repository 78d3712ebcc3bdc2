import ClinicalText
import Essentials
import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct EvaluatorTests {
    private func evaluate(_ gold: String, _ predicted: String, types: [String]? = nil) throws -> EvaluationResult {
        try Evaluator.evaluate(
            gold: [document(marked: gold)], predicted: [document(marked: predicted)], types: types,
            bootstrapSamples: 0, seed: 1)
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let gold: String
        let predicted: String
        let expected: Counts

        init(_ what: String, _ gold: String, _ predicted: String, _ tp: Int, _ fp: Int, _ fn: Int) {
            (testDescription, self.gold, self.predicted) = (what, gold, predicted)
            expected = Counts(truePositives: tp, falsePositives: fp, falseNegatives: fn)
        }
    }

    static let cases: [Case] = [
        Case("same span and type", "on [aspirin|Drug] now", "on [aspirin|Drug] now", 1, 0, 0),
        Case("another type", "on [aspirin|Drug] now", "on [aspirin|Test] now", 0, 1, 1),
        Case("a longer span", "on [aspirin|Drug] now", "[on aspirin|Drug] now", 0, 1, 1),
        Case("nothing predicted", "on [aspirin|Drug] now", "on aspirin now", 0, 0, 1),
        Case("nothing in the gold", "on aspirin now", "[on|Drug] [aspirin|Drug] now", 0, 2, 0),
        Case("nothing at all", "on aspirin now", "on aspirin now", 0, 0, 0),
        Case("text beyond ASCII", "à [naïveté|X] 😀 [β|X]", "à [naïveté|X] 😀 [β|X]", 2, 0, 0),
    ]

    @Test(arguments: cases) func strictMatchesNeedTheSameSpanAndType(_ one: Case) throws {
        #expect(try evaluate(one.gold, one.predicted).micro == one.expected)
    }

    @Test func aRepeatedPredictionFindsOneGoldMentionOnly() throws {
        let gold = document(marked: "on [aspirin|Drug]")
        var predicted = gold
        predicted.entities += gold.entities
        func micro(_ gold: Document, _ predicted: Document) throws -> Counts {
            try Evaluator.evaluate(gold: [gold], predicted: [predicted], bootstrapSamples: 0, seed: 1).micro
        }
        #expect(try micro(gold, predicted) == Counts(truePositives: 1, falsePositives: 1))
        #expect(try micro(predicted, gold) == Counts(truePositives: 1, falseNegatives: 1))
        #expect(try micro(predicted, predicted) == Counts(truePositives: 2))
    }

    @Test func fragmentsMustAllBeTheSame() throws {
        var gold = document(marked: "left and right arm pain")
        gold.entities = [Entity(type: "S", spans: [TextSpan(start: 0, end: 4), TextSpan(start: 15, end: 18)])]
        var predicted = gold
        predicted.entities = [Entity(type: "S", spans: [TextSpan(start: 0, end: 18)])]
        let result = try Evaluator.evaluate(gold: [gold], predicted: [predicted], bootstrapSamples: 0, seed: 1)
        #expect(result.micro == Counts(falsePositives: 1, falseNegatives: 1))
    }

    @Test func typesComeInTheOrderTheyWereAskedForAndOthersAreCounted() throws {
        let result = try evaluate("[a|B] [b|A] [c|Z] d", "[a|B] [b|A] [c|A] [d|Y]", types: ["B", "A", "C"])
        #expect(result.types.map(\.type) == ["B", "A", "C"])
        #expect(result.micro == Counts(truePositives: 2, falsePositives: 1))
        #expect(result.goldOfOtherTypes == ["Z": 1])
        #expect(result.predictedOfOtherTypes == ["Y": 1])
        #expect(try evaluate("[a|B]", "[a|A]").types.map(\.type) == ["A", "B"])
    }

    @Test func theMacroAverageLeavesOutTypesThatDoNotOccur() throws {
        let result = try evaluate("[a|A] [b|B] c", "[a|A] b [c|B]", types: ["A", "B", "C"])
        #expect(result.macro.f1 == 0.5)
        #expect(result.macro.precision == 0.5)
        #expect(result.macro.recall == 0.5)
    }

    @Test func scoresFollowFromCounts() {
        let counts = Counts(truePositives: 6, falsePositives: 2, falseNegatives: 4)
        #expect(counts.precision == 0.75)
        #expect(counts.recall == 0.6)
        #expect(abs(counts.f1 - 2 * 0.75 * 0.6 / 1.35) < 1e-12)
        #expect(Counts().f1 == 0 && Counts().precision == 0 && Counts().recall == 0)
    }

    @Test func documentsThatDoNotBelongTogetherAreNamed() {
        func document(_ id: String, _ text: String = "text") -> Document { Document(id: id, text: text) }
        func message(_ gold: [Document], _ predicted: [Document]) -> String {
            do {
                _ = try Evaluator.evaluate(gold: gold, predicted: predicted, seed: 1)
                return ""
            } catch { return "\(error)" }
        }
        #expect(
            message([document("a"), document("b")], [document("b")])
                == "1 document (a) in the gold without predictions; tag the same documents that are evaluated")
        #expect(
            message([document("a")], "abcdefg".map { document(String($0)) })
                == "6 documents (b, c, d, e, f and 1 more) in the predictions without gold; "
                + "evaluate against the set that was tagged")
        #expect(
            message([document("a", "caf\u{E9}")], [document("a", "cafe\u{301}")])
                == "1 document (a) with different text in gold and predictions, so that offsets cannot be compared; "
                + "tag the text that was annotated")
        #expect(
            message([document("a"), document("a")], [document("a")])
                == "1 document (a) more than once in the gold documents; identifiers must be unique")
        #expect(EvaluationError.missingGold(documents: ["a"]).exitCode == .badData)
    }

    @Test func theOrderOfPredictedDocumentsDoesNotMatter() throws {
        let notes = (0..<4).map { document(marked: "[a\($0)|A] b", id: "n\($0)") }
        let forward = try Evaluator.evaluate(gold: notes, predicted: notes, bootstrapSamples: 10, seed: 1)
        let backward = try Evaluator.evaluate(gold: notes, predicted: notes.reversed(), bootstrapSamples: 10, seed: 1)
        #expect(forward == backward)
        #expect(forward.micro.truePositives == 4)
    }

    @Test func aResultSurvivesJSON() throws {
        let notes = [document(marked: "[a|A] [b|B] c", id: "1"), document(marked: "[a|A] d", id: "2")]
        let result = try Evaluator.evaluate(
            gold: notes, predicted: notes, types: ["A"], bootstrapSamples: 20, seed: 3)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(result)
        #expect(try JSONDecoder().decode(EvaluationResult.self, from: data) == result)
        #expect(String(decoding: data, as: UTF8.self).contains(#""f1":1,"falseNegatives":0,"#))
    }
}
