import ClinicalText
import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct ChemicalDiseaseScorerTests {
    private func note(_ entities: [Entity], relations: [Relation] = []) -> Document {
        Document(id: "1", text: "aspirin and asthma and rash", entities: entities, relations: relations)
    }

    private func entity(_ type: String, _ start: Int, _ end: Int, _ codes: [String] = []) -> Entity {
        Entity(id: "T\(start)", type: type, spans: [TextSpan(start: start, end: end)], codes: codes)
    }

    private func score(_ gold: Document, _ predicted: Document) throws -> OfficialResult {
        try OfficialScorer.chemicalDisease.score(gold: [gold], predicted: [predicted])
    }

    private func counts(_ gold: Document, _ predicted: Document, _ measure: String) throws -> Counts? {
        try score(gold, predicted).measure(measure)?.counts
    }

    private static let sample = "bc5cdr/scorer-sample"

    @Test(
        .enabled(if: SharedData.has(sample), "needs bc5cdr below CLINNER_DATA"),
        arguments: ["PubTator", "BioC.xml"])
    func theSamplesFiguresAreThoseOfTheEvaluation(_ ending: String) throws {
        var gold = try documents(SharedData.path("\(Self.sample)/CDR_sample.gold.\(ending)"))
        let system = try documents(SharedData.path("\(Self.sample)/CDR_sample.test.DNER.\(ending)"))
        let shipped = try OfficialScorer.chemicalDisease.score(gold: gold, predicted: system)
        let mention = try #require(shipped.measure("mention Disease"))
        #expect(mention.counts == Counts(truePositives: 303, falsePositives: 105, falseNegatives: 121))
        #expect(
            OfficialReport(shipped).text.contains(
                """
                TP: 303
                FP: 105
                FN: 121
                Precision: 0.7426470588235294
                Recall: 0.714622641509434
                F-score: 0.7283653846153848

                """))
        // The printed figures of concepts are those of an earlier gold file: in it, as in the task's sample set, one
        // mention had another concept than in the file that is shipped beside them.
        #expect(
            shipped.measure("id Disease")?.counts
                == Counts(truePositives: 149, falsePositives: 57, falseNegatives: 65))
        let document = try #require(gold.firstIndex { $0.id == "10457883" })
        let place = try #require(gold[document].entities.firstIndex { $0.hull == TextSpan(start: 353, end: 375) })
        #expect(gold[document].entities[place].codes.map { $0.suffix(7) } == ["D020879"])
        gold[document].entities[place].codes = ["D009468"]
        let earlier = try OfficialScorer.chemicalDisease.score(gold: gold, predicted: system)
        #expect(
            OfficialReport(earlier).text.contains(
                """
                id Disease
                TP: 150
                FP: 56
                FN: 64
                Precision: 0.7281553398058253
                Recall: 0.7009345794392523
                F-score: 0.7142857142857142

                """))
    }

    @Test func mentionsCountByTypeAndPlaceWhateverTheirConcepts() throws {
        let gold = note([entity("Disease", 12, 18, ["D001249"]), entity("Chemical", 0, 7, ["D001241"])])
        let predicted = note([entity("Disease", 12, 18), entity("Disease", 0, 7)])
        #expect(
            try counts(gold, predicted, "mention Disease") == Counts(truePositives: 1, falsePositives: 1))
        #expect(try counts(gold, predicted, "mention Chemical") == Counts(falseNegatives: 1))
        #expect(try counts(gold, predicted, "id Disease") == Counts(falseNegatives: 1))
    }

    @Test func withoutChemicalsInTheGoldOnlyDiseasesAreScored() throws {
        let disease = note([entity("Disease", 12, 18)])
        #expect(try score(disease, disease).measures.map(\.name) == ["mention Disease", "id Disease"])
    }

    @Test func conceptsCountOnceADocumentAndPartsByThemselves() throws {
        let gold = note([
            entity("Disease", 12, 18, ["D001|D002"]), entity("Disease", 23, 27, ["D001"]),
            entity("Disease", 0, 7, ["-1"]),
        ])
        let predicted = note([
            entity("Disease", 0, 7, ["MESH:D001"]), entity("Disease", 12, 18, ["OMIM:D002", "MESH:-1"]),
        ])
        #expect(
            try counts(gold, predicted, "id Disease")
                == Counts(truePositives: 1, falsePositives: 1, falseNegatives: 1))
    }

    @Test func partsOfACompositeMentionAreNoMentions() throws {
        var part = entity("Disease", 12, 18, ["D001"])
        part.attributes["CompositeRole"] = "IndividualMention"
        let whole = note([entity("Disease", 12, 27, ["D001|D002"])])
        let both = note([entity("Disease", 12, 27, ["D001", "D002"]), part])
        #expect(try counts(whole, both, "mention Disease") == Counts(truePositives: 1))
        #expect(try counts(whole, both, "id Disease") == Counts(truePositives: 2))
    }

    @Test func relationsArePairsOfConcepts() throws {
        func named(_ first: String, _ second: String, keys: [String] = ["Arg1", "Arg2"]) -> Relation {
            Relation(
                id: "R", type: "CID", arguments: [],
                attributes: Dictionary(uniqueKeysWithValues: zip(keys, [first, second])))
        }
        let mentions = [entity("Chemical", 0, 7, ["MESH:D009"]), entity("Disease", 12, 18, ["D001"])]
        let gold = note(mentions, relations: [named("D009", "D001"), named("D009", "D001"), named("D009", "D002")])
        let linked = Relation(
            id: "R", type: "CID",
            arguments: [.init(role: "", entityID: "T0"), .init(role: "", entityID: "T12")])
        let other = named("D009", "D003", keys: ["Chemical", "Disease"])
        #expect(
            try counts(gold, note(mentions, relations: [linked, other]), "relation CID")
                == Counts(truePositives: 1, falsePositives: 1, falseNegatives: 1))
    }
}
