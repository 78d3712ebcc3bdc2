import ClinicalText
import Essentials
import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct DrugEventScorerTests {
    private static let text = String(repeating: "x", count: 24)

    private func note(_ entities: [Entity], relations: [Relation] = [], id: String = "1") -> Document {
        var entities = entities
        for index in entities.indices { entities[index].id = "T\(index)" }
        return Document(id: id, text: Self.text, entities: entities, relations: relations)
    }

    private func entity(_ type: String, _ start: Int, _ end: Int) -> Entity {
        Entity(type: type, spans: [TextSpan(start: start, end: end)])
    }

    private func relation(_ type: String, _ first: Int, _ second: Int) -> Relation {
        Relation(
            id: "R\(first)-\(second)", type: type,
            arguments: [.init(role: "Arg1", entityID: "T\(first)"), .init(role: "Arg2", entityID: "T\(second)")])
    }

    private func score(_ gold: [Document], _ predicted: [Document], variant: String? = nil) throws -> OfficialResult {
        try OfficialScorer.drugEvents2018.score(
            gold: gold, predicted: predicted, options: ScorerOptions(variant: variant))
    }

    private func counts(_ gold: [Entity], _ predicted: [Entity], _ measure: String) throws -> Counts? {
        try score([note(gold)], [note(predicted)]).measure(measure)?.counts
    }

    @Test func theFixturesFiguresAreThoseOfTheScript() throws {
        let result = try score(
            documents(SharedData.fixture("i2b2/2018-track2/gold")),
            documents(SharedData.fixture("i2b2/2018-track2/system")))
        let expected = try ExpectedScores.of("2018-track2")
        var seen = 0
        for (key, what) in [("concepts", "Concepts"), ("relations", "Relations")] {
            for mode in ["strict", "lenient"] {
                let table = try #require(expected[key]?[mode])
                for type in table.keys {
                    let name =
                        type == "micro" ? "\(what) \(mode)" : "\(what) \(type == "Ade" ? "ADE" : type) \(mode)"
                    #expect(PrintedScores(result.measure(name), format: "%.4f") == table[type]?.printed, "\(name)")
                    seen += 1
                }
            }
        }
        #expect(seen == 22)
        #expect(result.notes.isEmpty)
    }

    @Test func onlyTheHullOfFragmentsCounts() throws {
        let gold = [Entity(type: "ADE", spans: [TextSpan(start: 0, end: 4), TextSpan(start: 9, end: 12)])]
        #expect(try counts(gold, [entity("ADE", 0, 12)], "Concepts strict") == Counts(truePositives: 1))
        #expect(try counts(gold, [entity("ADE", 5, 8)], "Concepts lenient") == Counts(truePositives: 1))
    }

    @Test func ofTwoPredictionsThatFindOneMentionTheSecondIsNotCounted() throws {
        let gold = [entity("Drug", 0, 8)]
        let predicted = [entity("Drug", 0, 3), entity("Drug", 4, 8)]
        #expect(try counts(gold, predicted, "Concepts lenient") == Counts(truePositives: 1))
        #expect(
            try counts(gold, predicted, "Concepts strict") == Counts(falsePositives: 2, falseNegatives: 1))
        #expect(try counts(gold, gold + gold, "Concepts strict") == Counts(truePositives: 1))
    }

    @Test func aPredictionOverATakenMentionAndAFreeOneFindsNeither() throws {
        let gold = [entity("Drug", 0, 4), entity("Drug", 6, 10)]
        let predicted = [entity("Drug", 0, 2), entity("Drug", 3, 8), entity("Drug", 9, 10)]
        #expect(
            try counts(gold, predicted, "Concepts lenient") == Counts(truePositives: 1, falseNegatives: 1))
    }

    /// The rule of the script, one comparison after the other.
    private func reference(_ gold: [Entity], _ predicted: [Entity], lenient: Bool) -> Counts {
        func isEqual(_ one: Entity, _ other: Entity) -> Bool {
            let (left, right) = (one.hull, other.hull)
            let matches =
                lenient
                ? (left.end > right.start && left.start < right.end)
                    || (left.start < right.end && right.start < left.end)
                : left == right
            return one.type == other.type && matches
        }
        var taken: Set<Int> = []
        var kept = Set(predicted.indices)
        for (place, entity) in predicted.enumerated() {
            for (other, right) in gold.enumerated() where isEqual(right, entity) {
                if taken.contains(other) { kept.remove(place) } else { taken.insert(other) }
            }
        }
        let right = kept.filter { place in gold.contains { isEqual($0, predicted[place]) } }.count
        return Counts(
            truePositives: right, falsePositives: kept.count - right, falseNegatives: gold.count - right)
    }

    @Test func pairingIsTheScriptsOnRandomMentions() throws {
        var generator = SeededGenerator(seed: 3)
        func random(_ bound: Int) -> Int { Int(generator.next(upperBound: UInt64(bound))) }
        func entities() -> [Entity] {
            (0..<random(9)).map { _ in
                let start = random(12)
                return entity(["Drug", "ADE"][random(2)], start, start + random(7))
            }
        }
        for _ in 0..<500 {
            let (gold, predicted) = (entities(), entities())
            #expect(
                try counts(gold, predicted, "Concepts strict") == reference(gold, predicted, lenient: false))
            #expect(
                try counts(gold, predicted, "Concepts lenient") == reference(gold, predicted, lenient: true))
        }
    }

    @Test func relationsMatchWithTheirMentions() throws {
        let mentions = [entity("Dosage", 0, 4), entity("Drug", 6, 10), entity("Drug", 12, 16)]
        let longer = [entity("Dosage", 0, 4), entity("Drug", 6, 11), entity("Drug", 12, 16)]
        let gold = [note(mentions, relations: [relation("Dosage-Drug", 0, 1)])]
        func counts(_ predicted: Document, _ mode: String) throws -> Counts? {
            try score(gold, [predicted]).measure("Relations \(mode)")?.counts
        }
        let right = note(longer, relations: [relation("Dosage-Drug", 0, 1)])
        #expect(try counts(right, "strict") == Counts(falsePositives: 1, falseNegatives: 1))
        #expect(try counts(right, "lenient") == Counts(truePositives: 1))
        let elsewhere = note(mentions, relations: [relation("Dosage-Drug", 0, 2)])
        #expect(try counts(elsewhere, "lenient") == Counts(falsePositives: 1, falseNegatives: 1))
        let turned = note(mentions, relations: [relation("Dosage-Drug", 1, 0)])
        #expect(try counts(turned, "lenient") == Counts(falsePositives: 1, falseNegatives: 1))
    }

    @Test func theNineTypesOfTheTaskAreAVariant() throws {
        let gold = [note([entity("Drug", 0, 4), entity("Person", 6, 9)], relations: [relation("X-Drug", 1, 0)])]
        let predicted = [note([entity("DRUG", 0, 4)])]
        #expect(
            try score(gold, predicted).measure("Concepts strict")?.counts
                == Counts(falsePositives: 1, falseNegatives: 2))
        let nine = try score(gold, predicted, variant: "nine-types")
        #expect(nine.variant == "nine-types")
        #expect(nine.measure("Concepts strict")?.counts == Counts(truePositives: 1))
        #expect(nine.measure("Concepts drug strict")?.counts == Counts(truePositives: 1))
        #expect(
            nine.notes == [
                "1 relations do not link two scored mentions and were left out",
                "1 mentions are of none of the nine types",
            ])
    }

    @Test func macroF1IsTheMeanOfDocuments() throws {
        let drug = entity("Drug", 0, 4)
        let result = try score(
            [note([drug]), note([drug, entity("ADE", 6, 9)], id: "2"), note([], id: "3")],
            [note([drug]), note([drug], id: "2"), note([], id: "3")])
        let macro = try #require(result.measure("Concepts strict", .macro))
        #expect(abs(macro.f1 - (1 + 2.0 / 3 + 0) / 3) < 1e-12)
        #expect(abs(macro.recall - 0.5) < 1e-12)
        #expect(macro.precisionDeviation == nil)
    }

    @Test func anUnknownVariantIsAnErrorWithTheNearestName() {
        let error = #expect(throws: ScorerError.self) { try score([note([])], [note([])], variant: "nine-type") }
        #expect(
            error?.description
                == "scorer n2c2-2018-track2 has no variant \"nine-type\" (did you mean \"nine-types\"?). "
                + "Its variants are all-types, nine-types.")
    }

    @Test func theReportHasALineATypeAndBothRules() throws {
        let drug = entity("DRUG", 0, 4)
        let lines = OfficialReport(try score([note([drug])], [note([drug, entity("DRUG", 8, 9)])])).text
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.contains("                Drug  0.5000  1.0000  0.6667    0.5000  1.0000  0.6667"))
        #expect(lines.contains("     Overall (macro)  0.5000  1.0000  0.6667    0.5000  1.0000  0.6667"))
        #expect(lines.contains("strict: same type, start and end"))
        #expect(lines.contains("lenient: same type and a common character; one prediction a gold mention"))
    }
}
