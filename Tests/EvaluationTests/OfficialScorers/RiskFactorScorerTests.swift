import ClinicalText
import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct RiskFactorScorerTests {
    private func note(_ labels: [DocumentLabel], entities: [Entity] = [], text: String = "note") -> Document {
        Document(id: "801-01", text: text, entities: entities, labels: labels)
    }

    private func medication(_ type1: String, _ type2: String) -> DocumentLabel {
        DocumentLabel(name: "MEDICATION", attributes: ["time": "before DCT", "type1": type1, "type2": type2])
    }

    private func counts(_ gold: Document, _ predicted: Document) throws -> Counts? {
        try OfficialScorer.riskFactors2014.score(gold: [gold], predicted: [predicted]).measure("Risk factors")?.counts
    }

    private func fixture(_ name: String) throws -> [Document] {
        try documents(SharedData.fixture("i2b2/2014-risk/\(name)"))
    }

    @Test func theFixturesFiguresAreThoseOfTheScript() throws {
        let result = try OfficialScorer.riskFactors2014.score(gold: fixture("gold"), predicted: fixture("system"))
        let expected = try ExpectedScores.of("2014-risk")
        let micro = try #require(result.measure("Risk factors"))
        #expect(PrintedScores(micro) == expected["micro"]?.printed)
        #expect(micro.counts == Counts(truePositives: 15, falsePositives: 3, falseNegatives: 3))
        #expect(result.notes.isEmpty)
    }

    @Test func theCompleteReleaseHoldsTheSameStatements() throws {
        let result = try OfficialScorer.riskFactors2014.score(gold: fixture("gold"), predicted: fixture("complete"))
        #expect(result.measure("Risk factors")?.counts == Counts(truePositives: 18))
    }

    @Test func theOrderOfTheTwoClassesDoesNotMatter() throws {
        #expect(
            try counts(note([medication("ARB", "diuretic")]), note([medication("Diuretic", "arb")]))
                == Counts(truePositives: 1))
        #expect(
            try counts(note([medication("ARB", "")]), note([medication("", "arb")])) == Counts(truePositives: 1))
        #expect(
            try counts(note([medication("ARB", "ARB")]), note([medication("ARB", "")]))
                == Counts(falsePositives: 1, falseNegatives: 1))
    }

    @Test func repeatedStatementsCountOnceAndOtherAttributesNot() throws {
        let smoker = DocumentLabel(name: "SMOKER", attributes: ["status": "past", "id": "DOC1"])
        let again = DocumentLabel(name: "SMOKER", attributes: ["status": "past", "id": "DOC2", "comment": "x"])
        #expect(try counts(note([smoker, again]), note([again])) == Counts(truePositives: 1))
    }

    @Test func labelsOfOtherTasksAreNotScoredButCounted() throws {
        let smoking = DocumentLabel(name: "SMOKING", value: "PAST SMOKER")
        let result = try OfficialScorer.riskFactors2014.score(gold: [note([smoking])], predicted: [note([])])
        #expect(result.measure("Risk factors")?.counts == Counts())
        #expect(result.notes == ["1 gold labels are none of the task's"])
    }

    @Test func annotatorsTagsStandForTheirStatementsWhereThereAreNone() throws {
        let span = [TextSpan(start: 0, end: 4)]
        let mentions = [
            Entity(id: "S0", type: "SMOKER", spans: span, attributes: ["status": "Past"]),
            Entity(id: "F0", type: "FAMILY_HIST", spans: span),
        ]
        let labels = [
            DocumentLabel(name: "SMOKER", attributes: ["status": "past"]),
            DocumentLabel(name: "FAMILY_HIST", attributes: ["indicator": "present"]),
        ]
        #expect(try counts(note(labels), note([], entities: mentions)) == Counts(truePositives: 2))
        // Beside document-level tags they are evidence only.
        #expect(
            try counts(note(labels), note([labels[0]], entities: mentions))
                == Counts(truePositives: 1, falseNegatives: 1))
        let nowhere = DocumentLabel(name: "FAMILY_HIST", attributes: ["start": "-1", "end": "-1"])
        let none = DocumentLabel(name: "FAMILY_HIST", attributes: ["indicator": "not present"])
        #expect(try counts(note([none]), note([nowhere])) == Counts(truePositives: 1))
    }

    @Test func textsNeedNotBeTheSame() throws {
        let label = DocumentLabel(name: "OBESE", attributes: ["time": "during DCT", "indicator": "BMI"])
        #expect(try counts(note([label]), note([label], text: "")) == Counts(truePositives: 1))
    }
}
