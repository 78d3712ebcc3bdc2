import ClinicalText
import Essentials
import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct DeidentificationScorerTests {
    private static let text = "Ann Lee, 42, Room 7"

    private func note(_ entities: [Entity], id: String = "1-01", text: String = Self.text) -> Document {
        Document(id: id, text: text, entities: entities)
    }

    private func entity(_ type: String, _ start: Int, _ end: Int, element: String? = nil) -> Entity {
        Entity(
            type: type, spans: [TextSpan(start: start, end: end)],
            attributes: element.map { ["i2b2.element": $0] } ?? [:])
    }

    private func score(_ gold: [Document], _ predicted: [Document]) throws -> OfficialResult {
        try OfficialScorer.deidentification2014.score(gold: gold, predicted: predicted)
    }

    private func counts(_ gold: [Entity], _ predicted: [Entity], _ measure: String) throws -> Counts? {
        try score([note(gold)], [note(predicted)]).measure(measure)?.counts
    }

    @Test func theFixturesFiguresAreThoseOfTheScript() throws {
        let result = try score(
            documents(SharedData.fixture("i2b2/2014-deid/gold")),
            documents(SharedData.fixture("i2b2/2014-deid/system")))
        let expected = try ExpectedScores.of("2014-deid")
        #expect(expected.keys.count == 10)
        for name in expected.keys {
            for average in ["micro", "macro"] {
                guard let figures = expected[name]?[average]?.printed else { continue }
                let measure = result.measure(name, ScorerMeasure.Average(rawValue: average) ?? .micro)
                #expect(PrintedScores(measure) == figures, "\(name) \(average)")
            }
        }
        #expect(result.measures.allSatisfy { !$0.rule.isEmpty })
        #expect(result.notes.isEmpty)
    }

    @Test func relaxedEndsLieAtMostTwoCharactersApart() throws {
        let gold = [entity("PATIENT", 0, 7, element: "NAME")]
        for (end, matches) in [(4, 0), (5, 1), (6, 1), (7, 1), (8, 1), (9, 1), (10, 0)] {
            let predicted = [entity("PATIENT", 0, end, element: "NAME")]
            #expect(try counts(gold, predicted, "Relaxed")?.truePositives == matches, "end \(end)")
            #expect(try counts(gold, predicted, "Strict")?.truePositives == (end == 7 ? 1 : 0), "end \(end)")
        }
        #expect(try counts(gold, [entity("PATIENT", 1, 7, element: "NAME")], "Relaxed")?.truePositives == 0)
        #expect(try counts(gold, [entity("DOCTOR", 0, 7, element: "NAME")], "Relaxed")?.truePositives == 0)
    }

    @Test func charactersAreCodePoints() throws {
        let text = "😀é Ann"
        let gold = note([entity("PATIENT", 0, 4, element: "NAME")], text: text)
        let predicted = note([entity("PATIENT", 0, 6, element: "NAME")], text: text)
        // Two bytes, one character; from the emoji alone to the letter after the blank it is three.
        #expect(try score([gold], [predicted]).measure("Relaxed")?.counts?.truePositives == 1)
        let far = note([entity("PATIENT", 0, 8, element: "NAME")], text: text)
        #expect(try score([gold], [far]).measure("Relaxed")?.counts?.truePositives == 0)
    }

    /// The sets of the script, one element after the other under its equality.
    private func reference(_ gold: [Entity], _ predicted: [Entity]) -> Counts {
        func isEqual(_ one: Entity, _ other: Entity) -> Bool {
            one.type == other.type && one.hull.start == other.hull.start && abs(one.hull.end - other.hull.end) <= 2
        }
        func set(_ entities: [Entity]) -> [Entity] {
            entities.reduce(into: []) { set, entity in
                if !set.contains(where: { isEqual($0, entity) }) { set.append(entity) }
            }
        }
        func minus(_ one: [Entity], _ other: [Entity]) -> [Entity] {
            one.filter { entity in !other.contains { isEqual($0, entity) } }
        }
        let (gold, predicted) = (set(gold), set(predicted))
        let (small, large) = predicted.count > gold.count ? (gold, predicted) : (predicted, gold)
        return Counts(
            truePositives: small.filter { entity in large.contains { isEqual($0, entity) } }.count,
            falsePositives: minus(predicted, gold).count, falseNegatives: minus(gold, predicted).count)
    }

    @Test func relaxedSetsBehaveLikeTheScripts() throws {
        var generator = SeededGenerator(seed: 5)
        func random(_ bound: Int) -> Int { Int(generator.next(upperBound: UInt64(bound))) }
        func entities() -> [Entity] {
            (0..<random(8)).map { _ in
                let start = random(2)
                return entity(["DATE", "AGE"][random(2)], start, start + 1 + random(12))
            }
        }
        for _ in 0..<500 {
            let (gold, predicted) = (entities(), entities())
            #expect(try counts(gold, predicted, "Relaxed") == reference(gold, predicted))
        }
    }

    @Test func whatOccursTwiceCountsOnce() throws {
        let name = entity("PATIENT", 0, 7)
        #expect(try counts([name, name], [name], "Strict") == Counts(truePositives: 1))
        #expect(try counts([name], [name, name, name], "Token") == Counts(truePositives: 2))
    }

    @Test func tokensAreRunsOfASCIILettersAndDigits() throws {
        // "Ann" and "Lee" against "Ann" and, of "Lee, 4", "Lee" and "4".
        #expect(
            try counts([entity("PATIENT", 0, 7)], [entity("PATIENT", 0, 10)], "Token")
                == Counts(truePositives: 2, falsePositives: 1))
        let text = "Peña"
        let gold = note([entity("PATIENT", 0, 5)], text: text)
        let half = note([entity("PATIENT", 0, 2)], text: text)
        #expect(
            try score([gold], [half]).measure("Token")?.counts == Counts(truePositives: 1, falseNegatives: 1))
    }

    @Test func anAnnotationWithoutLettersIsOneToken() throws {
        let gold = note([entity("DATE", 0, 2)], text: "--/")
        #expect(try score([gold], [gold]).measure("Token")?.counts == Counts(truePositives: 1))
    }

    @Test func idnumIsNotHIPAAInTheScript() throws {
        let gold = [
            entity("IDNUM", 0, 3), entity("MEDICALRECORD", 4, 7), entity("DOCTOR", 9, 11), entity("DATE", 0, 2),
        ]
        #expect(try counts(gold, gold, "HIPAA Strict") == Counts(truePositives: 2))
    }

    @Test func typesAreComparedInCapitalsAndElementsFollowFromThem() throws {
        let gold = [entity("HOSPITAL", 0, 3, element: "LOCATION")]
        #expect(try counts(gold, [entity("HOSPITAL", 0, 3)], "LOCATION Strict") == Counts(truePositives: 1))
        #expect(
            try counts(gold, [entity("hospital", 0, 3, element: "LOCATION")], "Strict") == Counts(truePositives: 1))
        #expect(
            try counts(gold, [entity("HOSPITAL", 0, 3, element: "NAME")], "Strict")
                == Counts(falsePositives: 1, falseNegatives: 1))
    }

    @Test func elementsOfOtherTasksAreNotScoredButCounted() throws {
        let result = try score([note([entity("Drug", 0, 3)])], [note([entity("Drug", 0, 3), entity("AGE", 9, 11)])])
        #expect(result.measure("Strict")?.counts == Counts(falsePositives: 1))
        #expect(
            result.notes == [
                "1 gold entities are of elements the scorer does not look at",
                "1 predictions are of elements the scorer does not look at",
            ])
    }

    @Test func aDocumentWithoutAnnotationsCountsAsNothingFoundInMacroMeans() throws {
        let name = entity("PATIENT", 0, 7)
        let result = try score([note([name]), note([], id: "1-02")], [note([name]), note([], id: "1-02")])
        let macro = try #require(result.measure("Strict", .macro))
        #expect(macro.precision == 0.5 && macro.recall == 0.5 && macro.f1 == 0.5)
        #expect(macro.precisionDeviation == 0.5 && macro.counts == nil)
        #expect(result.measure("Strict")?.f1 == 1)
    }

    @Test func withoutGoldOrPredictionsAllFiguresAreZero() throws {
        let name = entity("PATIENT", 0, 7)
        for (gold, predicted) in [([name], []), ([], [name]), ([], [])] as [([Entity], [Entity])] {
            let result = try score([note(gold)], [note(predicted)])
            #expect(result.measures.allSatisfy { $0.precision == 0 && $0.recall == 0 && $0.f1 == 0 })
        }
    }

    @Test func theReportIsLaidOutLikeTheScripts() throws {
        let name = entity("PATIENT", 0, 7)
        let report = OfficialReport(try score([note([name])], [note([name, entity("AGE", 9, 11)])])).text
        #expect(
            report.hasPrefix(
                """
                i2b2-2014 (official), 1 documents
                i2b2 2014 evaluation scripts (kotfic/i2b2_evaluation_scripts), as they count under Python 2

                Token (1)                Measure        Macro (SD)        Micro (Primary)
                ------------------------------------------------------------------------------
                Total                    Precision      0.6667 (0.0)      0.6667
                                         Recall         1.0 (0.0)         1.0
                                         F1             0.8               0.8
                Rule: runs of ASCII letters and digits with the same place, element and type

                """))
    }
}
