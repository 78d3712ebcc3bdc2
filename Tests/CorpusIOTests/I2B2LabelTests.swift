import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

/// Statements about whole notes: risk factors of 2014, criteria of 2018.
@Suite struct I2B2LabelTests {
    private func documents(_ name: String) throws -> [Document] {
        try CorpusReader.read(SharedData.fixture("i2b2/\(name)"), name: "fixture").corpus.documents
    }

    private func rows(_ name: String) throws -> [[String]] {
        try String(contentsOfFile: SharedData.fixture("i2b2/\(name)/expected.tsv"), encoding: .utf8)
            .split(separator: "\n").dropFirst().map {
                $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            }
    }

    @Test(arguments: ["gold", "complete"]) func riskFactorsAreLabels(_ release: String) throws {
        let labels = try documents("2014-risk/\(release)")[0].labels
        let found = labels.map { label in
            let attributes = label.attributes
            let what = attributes["indicator"] ?? attributes["status"] ?? attributes["type1"] ?? ""
            return [label.name, attributes["time"] ?? "", what]
        }
        #expect(found == (try rows("2014-risk").map { [$0[1], $0[2], $0[3]] }))
        #expect(labels.allSatisfy { $0.value.isEmpty })
        #expect(labels[17].attributes == ["id": "DOC17", "indicator": "present"])
    }

    @Test func evidenceIsLinkedToItsRiskFactor() throws {
        let document = try documents("2014-risk/complete")[0]
        let offsets = TextOffsets(document.text)
        let found = document.entities.map { entity in
            let range = offsets.codePoints(of: entity.hull)
            return [entity.type, String(range.lowerBound), String(range.upperBound), document.surface(of: entity)]
        }
        #expect(found == (try rows("2014-risk").map { [$0[1], $0[4], $0[5], $0[6]] }))
        let result = try read(
            "a.xml", String(contentsOfFile: SharedData.fixture("i2b2/2014-risk/complete/801-01.xml"), encoding: .utf8),
            ReadOptions(mode: .repair))
        #expect(result.faults.isEmpty)
        #expect(result.corpus.documents[0].entities.count == 18)
        let ids = document.labels.map { $0.attributes["id"] }
        #expect(document.entities.map { $0.attributes["i2b2.parent"] } == ids)
    }

    @Test func evidenceWithoutAPlaceIsALabelOfItsOwn() throws {
        let document = try read(
            "a.xml",
            """
            <root><TEXT>Family history unknown.</TEXT><TAGS><FAMILY_HIST id="DOC0" indicator="not present">
            <FAMILY_HIST id="F0" start="-1" end="-1" text="" indicator="not present" comment=""/>
            </FAMILY_HIST></TAGS></root>
            """
        ).corpus.documents[0]
        #expect(document.entities.isEmpty)
        #expect(document.labels.map(\.name) == ["FAMILY_HIST", "FAMILY_HIST"])
        #expect(
            document.labels[1].attributes == [
                "id": "F0", "start": "-1", "end": "-1", "text": "", "indicator": "not present", "comment": "",
                "i2b2.parent": "DOC0",
            ])
        try expectIdentity([document], .i2b2)
    }

    @Test func criteriaAreLabelsWithTheirValue() throws {
        let labels = try documents("2018-track1/gold")[0].labels
        #expect(labels.map { [$0.name, $0.value] } == (try rows("2018-track1").map { [$0[1], $0[2]] }))
        #expect(labels.allSatisfy { $0.attributes.isEmpty })
    }

    @Test func labelsOfOtherFormatsAreWrittenAsElements() throws {
        let labels = [
            DocumentLabel(name: "SMOKING", value: "CURRENT SMOKER"),
            DocumentLabel(name: "Obesity", value: "Y", attributes: ["source": "textual", "disease": "Obesity"]),
        ]
        try expectIdentity([Document(id: "a", text: "note", metadata: ["i2b2.root": "clinner"], labels: labels)], .i2b2)
        let error = #expect(throws: CorpusError.self) {
            try roundTrip([Document(id: "a", text: "", labels: [DocumentLabel(name: "two words")])], .i2b2)
        }
        #expect(
            error?.description == "document a: i2b2 cannot hold the name two words: an element's name has no blanks")
    }
}
