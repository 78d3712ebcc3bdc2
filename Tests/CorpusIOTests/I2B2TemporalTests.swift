import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

/// The XML of 2012: events, times and the links between them.
@Suite struct I2B2TemporalTests {
    private func fixture(_ name: String, _ options: ReadOptions = ReadOptions()) throws -> ReadResult {
        try CorpusReader.read(SharedData.fixture("i2b2/2012-temporal/\(name)"), name: "fixture", options: options)
    }

    @Test(arguments: ["9001", "9002-malformed"]) func findsTheSpansOfTheFixture(_ name: String) throws {
        let document = try fixture("\(name).xml").corpus.documents[0]
        let id = String(name.prefix(4))
        let found = ExpectedSpan.found(in: [document]).map { span in
            var span = span
            span.document = id
            return span
        }
        #expect(found == (try ExpectedSpan.read("2012-temporal").filter { $0.document == id }))
    }

    @Test func theTextIsThatOfTheFileBeside() throws {
        let text = try String(
            contentsOfFile: SharedData.fixture("i2b2/2012-temporal/9001.xml.txt"), encoding: .utf8)
        #expect(try fixture("9001.xml").corpus.documents[0].text == text)
    }

    @Test func keepsAttributesAndLinks() throws {
        let document = try fixture("9001.xml").corpus.documents[0]
        let table = try String(
            contentsOfFile: SharedData.fixture("i2b2/2012-temporal/expected.tsv"), encoding: .utf8)
        for row in table.split(separator: "\n").dropFirst() {
            let fields = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields[0] == "9001" else { continue }
            let attributes = try JSONDecoder().decode([String: String].self, from: Data(fields[5].utf8))
            if fields[2] == "TLINK" {
                let relation = try #require(document.relations.first { $0.id == fields[1] })
                let ends = relation.arguments.map { ($0.role, $0.entityID) }
                #expect(
                    relation.attributes.merging(ends) { first, _ in first } == attributes && relation.type == "TLINK")
            } else {
                let entity = try #require(document.entities.first { $0.id == fields[1] })
                #expect(entity.attributes == attributes)
            }
        }
        #expect(document.relations.count == 5)
    }

    @Test func takesTheFineTypeWhereTheOptionsSay() throws {
        let document = try fixture("9001.xml", ReadOptions(typeSource: .lowerCaseAttribute)).corpus.documents[0]
        #expect(Set(document.entities.map(\.type)).isSuperset(of: ["PROBLEM", "DATE", "ADMISSION"]))
        #expect(document.entities[0].attributes == ["dvalue": "2031-04-02", "i2b2.element": "SECTIME"])
    }

    @Test(arguments: TypeSource.allCases) func writesTheFixtureByteForByte(_ source: TypeSource) throws {
        let original = try String(contentsOfFile: SharedData.fixture("i2b2/2012-temporal/9001.xml"), encoding: .utf8)
        let document = try fixture("9001.xml", ReadOptions(typeSource: source)).corpus.documents[0]
        try withTemporaryFolder { folder in
            try CorpusWriter.write([document], to: folder, format: .i2b2)
            #expect(try String(contentsOfFile: "\(folder)/9001.xml", encoding: .utf8) == original)
        }
    }

    @Test func readsARawAmpersandInAnAttribute() throws {
        let result = try fixture("9002-malformed.xml")
        #expect(
            result.faults.map { "\($0)".split(separator: "/").last.map(String.init) } == [
                "9002-malformed.xml:7: an & that starts no reference stands in an attribute; it is read as &amp;"
            ])
        #expect(result.faults[0].fix == "write &amp;")
        let error = #expect(throws: CorpusError.self) {
            try fixture("9002-malformed.xml", ReadOptions(mode: .strict))
        }
        #expect(
            try #require(error).description.hasSuffix(
                "9002-malformed.xml:7: an & that starts no reference stands in an attribute; it is read as &amp;; "
                    + "write &amp;"))
    }

    @Test(arguments: [
        "R&D", "a & b & c", "&", "R&D;x&", "&#x;", "A&amp;B & C", "'&'", "> & <!-- &".replacing("<", with: "&lt;"),
    ])
    func readsAnySpellingOfIt(_ value: String) throws {
        let xml =
            "<r><TEXT><![CDATA[a & b <x y=\"&\">]]></TEXT><!-- & --><TAGS>\n<S x=\"\(value)\" start='0' end='1'/></TAGS></r>"
        let expected = value.replacing("&amp;", with: "&").replacing("&lt;", with: "<")
        guard value != "R&D;x&" else {
            // What looks like an entity is never taken for text.
            #expect(try message("a.xml", xml).hasPrefix("a.xml:2: declares or uses XML entities"))
            return
        }
        let result = try read("a.xml", xml)
        #expect(result.corpus.documents[0].entities[0].attributes["x"] == expected)
        #expect(result.corpus.documents[0].text == "a & b <x y=\"&\">")
        #expect(result.faults.map(\.line) == [2])
    }

    @Test func offsetsThatDoNotCountTheFirstLineFeedAreFound() throws {
        let xml = """
            <ClinicalNarrativeTemporalAnnotation><TEXT><![CDATA[\npain today]]></TEXT><TAGS>
            <EVENT id="E0" start="0" end="4" text="pain" type="PROBLEM" /></TAGS></ClinicalNarrativeTemporalAnnotation>
            """
        let result = try read("a.xml", xml)
        let document = result.corpus.documents[0]
        #expect(document.text == "pain today")
        #expect(document.entities[0].spans == [TextSpan(start: 0, end: 4)])
        #expect(result.faults.isEmpty)
        try expectIdentity([document], .i2b2)
        let covering = try read("a.xml", xml.replacing("\"0\" end=\"4\" text=\"pain\"", with: "\"0\" end=\"5\""))
        #expect(covering.corpus.documents[0].text == "\npain today")
        try expectIdentity(covering.corpus.documents, .i2b2)
    }

    @Test func notesWhatIsOddAboutLinks() throws {
        let xml = """
            <r><TEXT>pain today</TEXT><TAGS>
            <EVENT id="E0" start="0" end="4" text="pain"/>
            <TIMEX3 id="T0" start="5" end="10" text="today"/>
            <TLINK id="L0" fromID="E0" fromText="ache" toID="T0" toText="today" type="OVERLAP"/>
            <TLINK id="L0" fromID="E0" fromText="pain" toID="T9" toText="gone" type="OVERLAP"/>
            <TLINK fromID="E0" toID="T0" type="AFTER"/>
            </TAGS></r>
            """
        #expect(
            try faults("a.xml", xml) == [
                "a.xml:5: a second relation L0; it is now called TLINK.3",
                "a.xml:4: offset 0: relation L0: its fromText differs from the text of entity E0",
                "a.xml:5: relation TLINK.3 refers to T9, which is not there",
            ])
        let document = try read("a.xml", xml).corpus.documents[0]
        #expect(
            document.relations.map(\.attributes) == [
                ["type": "OVERLAP", "fromText": "ache"], ["type": "OVERLAP", "toText": "gone"], ["type": "AFTER"],
            ])
        #expect(document.relations.map(\.id) == ["L0", "TLINK.3", "TLINK.4"])
        try expectIdentity([document], .i2b2)
    }

    @Test func linksOfARepeatedEntityGoToTheFirstOneInRepair() throws {
        let xml = """
            <r><TEXT>pain today</TEXT><TAGS><E id="E0" start="0" end="4"/><E id="E1" start="0" end="4"/>
            <T id="T0" start="5" end="10"/><L id="L0" fromID="E1" toID="T0"/></TAGS></r>
            """
        let document = try read("a.xml", xml, ReadOptions(mode: .repair)).corpus.documents[0]
        #expect(document.entities.map(\.id) == ["E0", "T0"])
        #expect(document.relations[0].arguments.map(\.entityID) == ["E0", "T0"])
    }
}
