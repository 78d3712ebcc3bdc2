import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct I2B2Deidentification2006Tests {
    private let path = SharedData.fixture("i2b2/2006-deid/deid_synthetic.xml")

    @Test func findsTheSpansOfTheFixture() throws {
        let result = try CorpusReader.read(path, name: "f")
        #expect(result.format == .i2b2Deidentification2006)
        #expect(ExpectedSpan.found(in: result.corpus.documents) == (try ExpectedSpan.read("2006-deid")))
        #expect(result.faults.isEmpty)
        #expect(result.corpus.documents.map { $0.metadata["line"] } == ["3", "26"])
    }

    @Test(arguments: ["901", "902"]) func keepsTheTextExactly(_ id: String) throws {
        let document = try #require(try CorpusReader.read(path, name: "f").corpus.documents.first { $0.id == id })
        let expected = SharedData.fixture("i2b2/2006-deid/expected-text/\(id).txt")
        #expect(document.text == (try String(contentsOfFile: expected, encoding: .utf8)))
    }

    @Test func writesTheFixtureByteForByte() throws {
        let documents = try CorpusReader.read(path, name: "f").corpus.documents
        try withTemporaryFolder { folder in
            try CorpusWriter.write(documents, to: "\(folder)/a.xml", format: .i2b2Deidentification2006)
            let written = try String(contentsOfFile: "\(folder)/a.xml", encoding: .utf8)
            #expect(written == (try String(contentsOfFile: path, encoding: .utf8)))
        }
        try expectIdentity(documents, .i2b2Deidentification2006)
        #expect(try losses(documents, .i2b2Deidentification2006) == [:])
    }

    @Test func readsTheCopyWithWindowsLineEndsAsTheOriginal() throws {
        let original = try String(contentsOfFile: path, encoding: .utf8)
        let copy = try read("a.xml", original.replacing("\n", with: "\r\n"))
        let plain = try CorpusReader.read(path, name: "f")
        #expect(copy.corpus.documents.map(DocumentFacts.init) == plain.corpus.documents.map(DocumentFacts.init))
    }

    @Test func putsAMissingEndTagWhereTheNextMentionStarts() throws {
        let result = try CorpusReader.read(SharedData.fixture("i2b2/2006-deid/deid_malformed.xml"), name: "f")
        let document = result.corpus.documents[0]
        #expect(document.entities.map(\.type) == ["DATE", "DOCTOR"])
        #expect(document.entities.map { document.surface(of: $0) } == ["25th of July", "Vane"])
        #expect(
            result.faults.map(\.message) == ["a PHI element has no end; it is taken to end where the next one starts"])
        #expect(result.faults[0].line == 5)
        #expect(throws: CorpusError.self) {
            try CorpusReader.read(
                SharedData.fixture("i2b2/2006-deid/deid_malformed.xml"), name: "f", options: ReadOptions(mode: .strict))
        }
    }

    @Test(arguments: ["", " and by <PHI TYPE=\"DOCTOR\">Vane</PHI>"])
    func takesAStartTagForTheEndTagThatShouldStandThere(_ more: String) throws {
        let xml = """
            <ROOT>
            <RECORD ID="1"><TEXT>well</TEXT></RECORD>
            <RECORD ID="2"><TEXT>since the
            <PHI TYPE="DATE">25th of July<PHI TYPE="DOCTOR"> &amp; seen\(more) .</TEXT></RECORD>
            </ROOT>
            """
        let result = try read("a.xml", xml)
        let document = result.corpus.documents[1]
        #expect(document.entities.map { document.surface(of: $0) } == ["25th of July"] + (more.isEmpty ? [] : ["Vane"]))
        #expect(
            try faults("a.xml", xml) == ["a.xml:4: a PHI element starts where one should end; it is taken for the end"])
    }

    @Test func marksWithinMarksGoThrough() throws {
        let xml = """
            <ROOT><RECORD ID="1" SITE="2"><NOTE/><TEXT><PHI TYPE="HOSPITAL">Larkmoor <PHI TYPE="LOCATION" x="1">Vesper</PHI></PHI>\
            <PHI TYPE="AGE"></PHI></TEXT></RECORD></ROOT>
            """
        let result = try read("a.xml", xml)
        let document = result.corpus.documents[0]
        #expect(document.entities.map { document.surface(of: $0) } == ["Larkmoor Vesper", "Vesper", ""])
        #expect(document.metadata["i2b2.root:SITE"] == "2")
        try expectIdentity([document], .i2b2Deidentification2006)
        #expect(
            try faults("a.xml", xml) == [
                "a.xml:1: offset 15: entity P2 has an empty span",
                "a.xml:1: the element NOTE beside the text is kept but not interpreted",
            ])
    }

    @Test func countsWhatItCannotHold() throws {
        let text = "Dr. Vane of Larkmoor \u{1F637} General"
        var broken = try entity("T2", "C", "Dr.", "of", in: text)
        broken.codes = ["X:1"]
        let document = Document(
            id: "a", text: text,
            entities: [
                try entity("T1", "A", "Vane of Larkmoor", in: text),
                try entity("T3", "B", "Larkmoor \u{1F637}", in: text),
                broken,
            ], labels: [DocumentLabel(name: "x")])
        #expect(
            try losses([document], .i2b2Deidentification2006) == [.entity: 1, .gap: 1, .code: 1, .label: 1])
        let again = try roundTrip([document], .i2b2Deidentification2006)[0]
        #expect(again.text == text)
    }

    @Test(arguments: [
        ("<ROOT></ROOT>", "a.xml:1: no RECORD element; is this the format?"),
        (
            "<ROOT><RECORD ID=\"1\"><TEXT>a</TEXT></RECORD>\n<RECORD ID=\"2\"><TEXT>",
            "a.xml:2: the file ends within an element; is it whole?"
        ),
        ("<ROOT><RECORD><TEXT>a</TEXT></RECORD></ROOT>", "a.xml:1: a RECORD element without ID"),
        ("<ROOT><RECORD ID=\"1\"/></ROOT>", "a.xml:1: a RECORD element without TEXT"),
        (
            "<ROOT><RECORD ID=\"1\"><TEXT>a</TEXT><TEXT>b</TEXT></RECORD></ROOT>",
            "a.xml:1: a second TEXT element; keep one"
        ),
        (
            "<ROOT><RECORD ID=\"1\"><TEXT><b>a</b></TEXT></RECORD></ROOT>",
            "a.xml:1: an element within TEXT; this format has only PHI there"
        ),
        (
            "<ROOT>\n<RECORD ID=\"1\"><TEXT>\n<PHI>a</PHI></TEXT></RECORD></ROOT>",
            "a.xml:3: a PHI element without TYPE"
        ),
        (
            "<ROOT>\n<RECORD ID=\"1\"><TEXT>\n& a</TEXT></RECORD></ROOT>",
            "a.xml:3: not well-formed XML: an & that starts no entity, or a < that starts no tag; write &amp; or &lt;"
        ),
        (
            "<ROOT>\n<RECORD ID=\"1\"><TEXT>\n&marlow;</TEXT></RECORD></ROOT>",
            "a.xml:3: declares or uses XML entities, which are never expanded; "
                + "remove the declarations and write the characters themselves"
        ),
        (
            "<!DOCTYPE ROOT [<!ENTITY a \"b\">]><ROOT><RECORD ID=\"1\"><TEXT>&a;</TEXT></RECORD></ROOT>",
            "a.xml:1: declares or uses XML entities, which are never expanded; "
                + "remove the declarations and write the characters themselves"
        ),
        (
            "<ROOT><RECORD ID=\"1\"><TEXT>a</TEXT></RECORD></ROT>",
            "a.xml:1: not well-formed XML: an end tag does not match its start tag"
        ),
    ])
    func saysWhatIsWrongAndWhere(_ xml: String, _ expected: String) throws {
        #expect(try message("a.xml", xml, ReadOptions(format: .i2b2Deidentification2006)) == expected)
    }

    @Test func goesOnAfterARecordThatCannotBeRead() throws {
        let xml = """
            <ROOT><RECORD ID="1"><TEXT>a & b</TEXT></RECORD><RECORD ID="2"><TEXT><PHI>a</PHI><PHI TYPE="AGE">9</PHI></TEXT>
            </RECORD>stray<RECORD ID="3"><TEXT>c</TEXT>
            """
        let result = try read("a.xml", xml, ReadOptions(format: .i2b2Deidentification2006, mode: .warn))
        #expect(result.corpus.documents.map(\.id) == ["2"])
        #expect(result.corpus.documents[0].entities.map(\.id) == ["P0"])
        #expect(result.summary.leftOut == [.document: 1, .entity: 1, .file: 1])
    }

    @Test(arguments: ["ISO-8859-1", "windows-1252"]) func readsTheEncodingThatTheFileNames(_ encoding: String) throws {
        let start = "<?xml version='1.0' encoding='\(encoding)'?><ROOT><RECORD ID='1'><TEXT>Pe"
        let bytes =
            Array(start.utf8) + [0xF1] + Array("a <PHI TYPE='DOCTOR'>O".utf8) + [0xE9]
            + Array("</PHI></TEXT></RECORD></ROOT>".utf8)
        let document = try withFile("a.xml", bytes) { try CorpusReader.read($0, name: "f").corpus.documents[0] }
        #expect(document.text == "Peña Oé")
        #expect(document.surface(of: document.entities[0]) == "Oé")
        let unknown = "<?xml version='1.0' encoding='KOI8-R'?><ROOT><RECORD ID='1'><TEXT>a</TEXT></RECORD></ROOT>"
        #expect(
            try message("a.xml", unknown)
                == "a.xml:1: the XML declaration names an encoding that is not read; name the encoding, one of "
                + "utf-8, utf-16, utf-16le, utf-16be, latin-1, windows-1252")
    }

    @Test func recordsAreFoundWhereverThePiecesOfTheFileEnd() throws {
        // Records of changing length, so that the pieces a file is read in end in all kinds of places.
        var xml = "<?xml version=\"1.0\"?>\n<!-- <RECORD> -->\n<ROOT>\n"
        for number in 0..<3_000 {
            let filler = String(repeating: "é<![CDATA[</RECORD>]]>", count: number % 17)
            xml +=
                "<RECORD ID=\"\(number)\" NOTE=\"a > b\"><TEXT>\(filler)<!-- </RECORD> --><PHI TYPE=\"ID\">\(number)</PHI></TEXT></RECORD>\n"
        }
        xml += "</ROOT>\n"
        let documents = try read("a.xml", xml).corpus.documents
        #expect(documents.count == 3_000)
        for (number, document) in documents.enumerated() {
            #expect(document.id == String(number))
            #expect(document.text == String(repeating: "é</RECORD>", count: number % 17) + String(number))
            #expect(document.entities.map { document.surface(of: $0) } == [String(number)])
            #expect(document.metadata["line"] == String(number + 4))
        }
    }
}
