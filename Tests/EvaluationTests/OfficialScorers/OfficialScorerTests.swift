import ClinicalText
import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct OfficialScorerTests {
    @Test func scorersAreKnownByTheirNames() throws {
        for scorer in OfficialScorer.allCases { #expect(try OfficialScorer.named(scorer.rawValue) == scorer) }
        let error = #expect(throws: ScorerError.self) { try OfficialScorer.named("i2b2-2013") }
        #expect(
            error?.description
                == "there is no scorer \"i2b2-2013\" (did you mean \"i2b2-2014\"?). "
                + "The scorers are i2b2-2014, i2b2-2014-risk, n2c2-2018-track2, meddocan, bc5cdr.")
        let other = #expect(throws: ScorerError.self) { try OfficialScorer.named("seqeval-of-conll") }
        #expect(other?.description.contains("did you mean") == false)
    }

    @Test(arguments: OfficialScorer.allCases) func bothSidesHoldTheSameDocuments(_ scorer: OfficialScorer) {
        let (a, b) = (Document(id: "a", text: "x"), Document(id: "b", text: "x"))
        #expect(throws: EvaluationError.missingPredictions(documents: ["b"])) {
            try scorer.score(gold: [a, b], predicted: [a])
        }
        #expect(throws: EvaluationError.missingGold(documents: ["b"])) {
            try scorer.score(gold: [a], predicted: [b, a])
        }
        if scorer != .riskFactors2014 {
            #expect(throws: EvaluationError.differentText(documents: ["a"])) {
                try scorer.score(gold: [a], predicted: [Document(id: "a", text: "y")])
            }
        }
    }

    @Test(arguments: OfficialScorer.allCases) func nothingAgainstNothingIsZero(_ scorer: OfficialScorer) throws {
        for documents in [[], [Document(id: "a", text: "x")]] {
            let result = try scorer.score(gold: documents, predicted: documents)
            #expect(!result.measures.isEmpty)
            #expect(result.measures.allSatisfy { $0.precision == 0 && $0.recall == 0 && $0.f1 == 0 })
            #expect(!OfficialReport(result).text.contains("nan"))
        }
    }

    @Test(arguments: OfficialScorer.allCases) func everyFigureNamesItsRule(_ scorer: OfficialScorer) throws {
        let note = document(marked: "on [aspirin|Drug]")
        let result = try scorer.score(gold: [note], predicted: [note])
        #expect(result.measures.allSatisfy { !$0.rule.isEmpty && !$0.name.isEmpty })
        #expect(Set(result.measures.map { "\($0.name) \($0.average)" }).count == result.measures.count)
        for rule in Set(result.measures.map(\.rule)) { #expect(OfficialReport(result).text.contains(rule)) }
        let json = try JSONEncoder().encode(result)
        #expect(try JSONDecoder().decode(OfficialResult.self, from: json) == result)
        #expect(String(decoding: json, as: UTF8.self).contains("\"scorer\":\"\(scorer.rawValue)\""))
    }
}
