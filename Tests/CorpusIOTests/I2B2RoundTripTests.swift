import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

/// Every fixture of i2b2's standoff XML goes through its own format and through JSON Lines unchanged.
@Suite struct I2B2RoundTripTests {
    @Test(
        arguments: [
            "2014-deid/gold", "2014-deid/system", "2014-deid/crlf", "2014-risk/gold", "2014-risk/complete",
            "2014-risk/system", "2016-deid/9001_gs.xml", "2018-track1/gold", "2012-temporal/9001.xml",
            "2012-temporal/9002-malformed.xml",
        ], TypeSource.allCases)
    func fixturesGoThroughUnchanged(_ fixture: String, _ source: TypeSource) throws {
        let options = ReadOptions(format: .i2b2, typeSource: source)
        let documents = try CorpusReader.read(
            SharedData.fixture("i2b2/\(fixture)"), name: "f", options: options
        ).corpus.documents
        try expectIdentity(documents, .i2b2, ReadOptions(typeSource: source))
        #expect(try losses(documents, .i2b2) == [:])
    }

    @Test(arguments: ["2014-risk/complete/801-01.xml", "2016-deid/9001_gs.xml", "2012-temporal/9001.xml"])
    func copiesWithWindowsLineEndsReadAsTheOriginals(_ fixture: String) throws {
        let original = try String(contentsOfFile: SharedData.fixture("i2b2/\(fixture)"), encoding: .utf8)
        let name = try #require(fixture.split(separator: "/").last.map(String.init))
        let plain = try read(name, original)
        let copy = try read(name, original.replacing("\n", with: "\r\n"))
        #expect(copy.corpus.documents.map(DocumentFacts.init) == plain.corpus.documents.map(DocumentFacts.init))
        #expect(copy.faults == [])
    }

    @Test func elementsAndAttributesBesideTheTagsAreKept() throws {
        let result = try read(
            "a.xml",
            """
            <r version="1&quot;" xml:lang="en"><META who="a &amp; b"><X/>two
            lines &lt;</META><TEXT>no chest pain</TEXT><TAGS/></r>
            """)
        let document = result.corpus.documents[0]
        #expect(document.uninterpreted == ["<META who=\"a &amp; b\"><X />two&#10;lines &lt;</META>"])
        #expect(document.metadata["i2b2.root:version"] == "1\"")
        #expect(document.metadata["i2b2.root:xml:lang"] == "en")
        #expect(result.faults.map(\.message) == ["the element META beside TEXT and TAGS is kept but not interpreted"])
        try expectIdentity([document], .i2b2)
    }

    @Test func tagsWithinTagsWithinTagsStayWhereTheyAre() throws {
        let document = try read(
            "a.xml",
            """
            <r><TEXT>no chest pain today</TEXT><TAGS>
            <A id="L0" x="1"><B id="E0" start="3" end="13" TYPE="B" comment=""><C id="E1" start="9" end="13"/></B>
            <D start="-1" end="-1" text="pain"/></A>
            <A x="2"><B id="E2" start="0" end="2"/></A>
            <A id="L0" x="3"><B id="E3" start="14" end="19"/></A>
            </TAGS></r>
            """
        ).corpus.documents[0]
        #expect(document.entities.map { $0.attributes["i2b2.parent"] } == ["L0", "E0", "A.4", "A.6"])
        #expect(document.labels.map { $0.attributes["id"] } == ["L0", nil, "A.4", "A.6"])
        #expect(document.labels[1].attributes == ["start": "-1", "end": "-1", "text": "pain", "i2b2.parent": "L0"])
        try expectIdentity([document], .i2b2)
        let written = try withTemporaryFolder { folder in
            try CorpusWriter.write([document], to: folder, format: .i2b2)
            return try String(contentsOfFile: "\(folder)/a.xml", encoding: .utf8)
        }
        #expect(
            written.contains(
                """
                <A id="L0" x="1">
                  <B id="E0" start="3" end="13" text="chest pain" TYPE="B" comment="">
                    <C id="E1" start="9" end="13" text="pain" TYPE="C" comment="" />
                  </B>
                  <D start="-1" end="-1" text="pain" />
                </A>
                """))
    }

    @Test func tagsThatHoldEachOtherAreWrittenAllTheSame() throws {
        let text = "no chest pain"
        var first = try entity("E0", "S", "chest", in: text)
        var second = try entity("E1", "S", "pain", in: text)
        first.attributes = ["i2b2.parent": "E1"]
        second.attributes = ["i2b2.parent": "E0"]
        let again = try roundTrip([Document(id: "a", text: text, entities: [first, second])], .i2b2)
        #expect(again[0].entities.map(\.id) == ["E0", "E1"])
    }

    @Test func whatTheFormatCannotHoldIsCounted() throws {
        let text = "no chest pain"
        var pain = try entity("E0", "S", "chest", "pain", in: text)
        pain.provenance = .silver(probability: 0.5)
        pain.evidence = ["lexicon"]
        pain.codes = ["UMLS:C1", "X:two words"]
        pain.attributes = ["id": "other", "side": "left"]
        let document = Document(
            id: "a", text: text, metadata: ["patient": "7", "file": "x"], entities: [pain],
            relations: [Relation(id: "R1", type: "X-Y", arguments: [.init(role: "Arg1", entityID: "E0")])],
            uninterpreted: ["A1\tNegated T1", "<a>", "<b/>"])
        #expect(
            try losses([document], .i2b2) == [
                .provenance: 1, .code: 1, .attribute: 1, .relation: 1, .metadata: 1, .line: 2,
            ])
        let again = try roundTrip([document], .i2b2)[0]
        #expect(again.entities[0].spans == pain.spans)
        #expect(again.uninterpreted == ["<b />"])
    }
}
