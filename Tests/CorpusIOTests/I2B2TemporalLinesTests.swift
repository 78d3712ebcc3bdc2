import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

@Suite struct I2B2TemporalLinesTests {
    private func note(_ extents: String, _ links: String? = nil) -> [String: String] {
        var files = ["1.xml.txt": "Seen on 04/02 for\nBP & \"flu\" .\n", "1.xml.extent": extents]
        files["1.xml.tlink"] = links
        return files
    }

    private func fixture() throws -> ReadResult {
        try CorpusReader.read(
            SharedData.fixture("i2b2/2012-temporal"), name: "f", options: ReadOptions(format: .i2b2Temporal2012))
    }

    @Test func findsTheAnnotationsOfTheFixture() throws {
        let result = try fixture()
        #expect(result.faults.isEmpty)
        #expect(result.corpus.documents.map(\.id) == ["9001"])
        let document = try #require(result.corpus.documents.first)
        let rows = try FixtureRow.read("2012-temporal").filter { $0["doc"] == "9001" }
        let spans = rows.filter { !$0["spans"].isEmpty }
        let byID = Dictionary(document.entities.map { ($0.id, $0) }) { first, _ in first }
        let found = try spans.map { try #require(byID[$0["id"]]) }
        #expect(found.count == document.entities.count)
        #expect(found.map(\.type) == spans.map { $0["type"] })
        #expect(found.map(document.codePointSpans) == spans.map { $0["spans"] })
        #expect(found.map(document.escapedSurface) == spans.map { $0["text"] })
        #expect(found.map(\.attributes) == spans.map(\.attributes))
        let links = rows.filter { $0["type"] == "TLINK" }
        #expect(document.relations.map(\.id) == links.map { $0["id"] })
        #expect(document.relations.allSatisfy { $0.type == "TLINK" && $0.arguments.map(\.role) == ["from", "to"] })
        #expect(
            document.relations.map { link in
                var attributes = link.attributes
                for argument in link.arguments { attributes[argument.role] = argument.entityID }
                return attributes
            } == links.map(\.attributes))
    }

    @Test func agreesWithTheOffsetsOfTheXMLThatCountALineFeedMore() throws {
        let document = try fixture().corpus.documents[0]
        let xml = try String(contentsOfFile: SharedData.fixture("i2b2/2012-temporal/9001.xml"), encoding: .utf8)
        let start = try #require(xml.range(of: "<![CDATA[")).upperBound
        let end = try #require(xml.range(of: "]]>")).lowerBound
        #expect(xml[start..<end] == "\n" + document.text)
        var offsets: [String: String] = [:]
        for match in xml.matches(of: /id="(\w+)" start="(\d+)" end="(\d+)"/) {
            let (_, id, start, end) = match.output
            offsets[String(id)] = "\((Int(start) ?? 0) - 1)-\((Int(end) ?? 0) - 1)"
        }
        #expect(offsets.count == 14)
        for entity in document.entities { #expect(offsets[entity.id] == document.codePointSpans(of: entity)) }
    }

    @Test func writesTheFilesAsTheyWere() throws {
        let documents = try fixture().corpus.documents
        try withTemporaryFolder { folder in
            try CorpusWriter.write(documents, to: folder, format: .i2b2Temporal2012)
            for name in ["9001.xml.txt", "9001.xml.extent", "9001.xml.tlink"] {
                let expected = try String(
                    contentsOfFile: SharedData.fixture("i2b2/2012-temporal/\(name)"), encoding: .utf8)
                #expect(try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) == expected)
            }
        }
        try expectFolderRoundTrips(documents, .i2b2Temporal2012)
    }

    @Test func keepsEmptyAndQuotedAndUnknownAttributes() throws {
        let extents = """
            EVENT="BP & "flu"" 2:0 2:2||type=""||polarity="NEG"||sec_time_rel="OVERLAP"||comment="a "b" c"||zz="1"
            TIMEX3="BP" 2:0 2:0||val="RPT4H"
            TIMEX3="04/02" 1:2 1:2||mod="NA"

            """
        let result = try readFolder(note(extents, "TIMEX3=\"BP\" 2:0 2:0||EVENT=\"x\" 2:0 2:2||kind=\"\"\n"))
        #expect(result.format == .i2b2Temporal2012)
        #expect(result.faults.isEmpty)
        let document = result.corpus.documents[0]
        #expect(document.entities.map(\.id) == ["E0", "T0", "T1"])
        #expect(
            document.entities[0].attributes == [
                "type": "", "polarity": "NEG", "sec_time_rel": "OVERLAP", "comment": "a \"b\" c", "zz": "1",
            ])
        #expect(document.relations[0].attributes == ["type": ""])
        #expect(document.relations[0].arguments.map(\.entityID) == ["T0", "E0"])
        try expectFolderRoundTrips([document], .i2b2Temporal2012)
        try withTemporaryFolder { folder in
            try CorpusWriter.write([document], to: folder, format: .i2b2Temporal2012)
            #expect(try contents(of: folder)["1.xml.extent"] == extents)
        }
    }

    @Test func comparesTextsWithTheirCase() throws {
        #expect(
            try faults(note("EVENT=\"bp\" 2:0 2:0||type=\"TEST\"")) == [
                "1.xml.extent:1: offset 18: the text given with the EVENT at 2:0 2:0 differs from the note there; "
                    + "correct its place or its text",
                "1.xml.extent: of 1 quoted texts 0 agree with the note, 1 not at all",
            ])
    }

    @Test(arguments: [
        (
            "1.xml.extent", "PROBLEM=\"BP\" 2:0 2:0||type=\"x\"",
            "an extent must read EVENT=\"TEXT\" LINE:TOKEN LINE:TOKEN (or TIMEX3, or SECTIME) and ||NAME=\"VALUE\" for "
                + "each attribute"
        ),
        (
            "1.xml.extent", "EVENT=\"BP\"||type=\"x\"",
            "an extent must read EVENT=\"TEXT\" LINE:TOKEN LINE:TOKEN (or TIMEX3, or SECTIME) and ||NAME=\"VALUE\" for "
                + "each attribute"
        ),
        ("1.xml.extent", "EVENT=\"BP\" 2:0 2:0||type=\"x\"||type=\"y\"", "a second attribute type; keep one"),
        (
            "1.xml.tlink", "EVENT=\"BP\" 2:0 2:0||type=\"BEFORE\"",
            "a link must read EVENT=\"TEXT\" LINE:TOKEN LINE:TOKEN (or TIMEX3, or SECTIME) twice and type=\"TYPE\", "
                + "joined by ||"
        ),
        (
            "1.xml.tlink", "EVENT=\"BP\" 2:0 2:0||EVENT=\"BP\" 2:1 2:1||type=\"BEFORE\"",
            "the EVENT at 2:1 2:1 is not in the .extent file; add it there, or correct its place"
        ),
    ])
    func saysWhatIsWrongWithALine(_ file: String, _ line: String, _ problem: String) throws {
        var files = note("EVENT=\"BP\" 2:0 2:0||type=\"TEST\"", "")
        files[file] = "\(line)\r\n"
        #expect(try message(ofFolder: files, ReadOptions(format: .i2b2Temporal2012)) == "\(file):1: \(problem)")
    }

    @Test func countsWhatTheFormatCannotHold() throws {
        let text = "BP up"
        var event = try entity("T1", "EVENT", "BP", in: text)
        event.attributes = ["a b": "blank in the name", "note": "two\nlines", "quote": "a\"||b", "type": "TEST"]
        let problem = try entity("T2", "problem", "up", in: text)
        let document = Document(
            id: "1", text: text, entities: [event, problem],
            relations: [
                Relation(
                    id: "R1", type: "TLINK",
                    arguments: [.init(role: "from", entityID: "T1"), .init(role: "to", entityID: "T2")]),
                Relation(
                    id: "R2", type: "TLINK",
                    arguments: [.init(role: "Arg1", entityID: "T1"), .init(role: "Arg2", entityID: "T1")]),
            ])
        try withTemporaryFolder { folder in
            let lost = try CorpusWriter.write([document], to: folder, format: .i2b2Temporal2012)
            #expect(lost == [.attribute: 3, .entity: 1, .relation: 2])
            #expect(
                try contents(of: folder) == [
                    "1.xml.txt": text, "1.xml.extent": "EVENT=\"BP\" 1:0 1:0||type=\"TEST\"\n", "1.xml.tlink": "",
                ])
        }
    }
}
