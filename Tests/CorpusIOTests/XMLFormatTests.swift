import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

/// XML files of several formats are told apart, and what XML cannot hold is refused or replaced.
@Suite struct XMLFormatTests {
    @Test(arguments: [
        ("2006-deid/deid_synthetic.xml", CorpusFormat.i2b2Deidentification2006),
        ("2006-deid/deid_malformed.xml", .i2b2Deidentification2006),
        ("2006-smoking/smokers_synthetic.xml", .i2b2Smoking2006),
        ("2008-obesity/obesity_records_synthetic.xml", .i2b2Obesity2008),
        ("2012-temporal/9001.xml", .i2b2), ("2014-deid/gold", .i2b2), ("2014-risk/gold", .i2b2),
        ("2016-deid/9001_gs.xml", .i2b2), ("2018-track1/gold", .i2b2),
    ])
    func fixturesAreRecognized(_ fixture: String, _ format: CorpusFormat) throws {
        #expect(try CorpusStream(SharedData.fixture("i2b2/\(fixture)")).format == format)
    }

    @Test(arguments: [
        "<collection><source>x</source></collection>", "<?xml version=\"1.0\"?>\n<!-- <r> -->\n<collection/>",
        "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\"/>",
    ])
    func otherFormatsAreNotTakenForI2B2(_ xml: String) throws {
        let format = try? withFile("a.xml", xml) { try CorpusStream($0).format }
        #expect(format != .i2b2)
    }

    @Test(arguments: [
        CorpusFormat.i2b2, .i2b2Deidentification2006, .i2b2Smoking2006, .i2b2Obesity2008,
    ])
    func whatXMLCannotHoldIsRefusedOrReplaced(_ format: CorpusFormat) throws {
        let text = "é page\u{C}two \u{FFFE}😷 pain\u{0}"
        let document = Document(id: "a", text: text, entities: [try entity("P0", "S", "pain\u{0}", in: text)])
        let error = #expect(throws: CorpusError.self) { try roundTrip([document], format) }
        #expect(
            error?.description
                == "document a: XML cannot hold the character U+000C at offset 6; write jsonl or brat instead")
        var options = WriteOptions()
        // One of two bytes, for one of one and one of three.
        options.xmlReplacement = "\u{A4}"
        try withTemporaryFolder { folder in
            let lost = try CorpusWriter.write([document], to: "\(folder)/out", format: format, options: options)
            #expect(lost[.character] == 3)
            let again = try CorpusReader.read("\(folder)/out", name: "f").corpus.documents[0]
            #expect(again.text == "é page\u{A4}two \u{A4}😷 pain\u{A4}")
            #expect(again.entities.allSatisfy { again.surface(of: $0) == "pain\u{A4}" })
        }
        options.xmlReplacement = "\u{1}"
        #expect(throws: CorpusError.self) {
            try withTemporaryFolder {
                _ = try CorpusWriter.write([document], to: "\($0)/out", format: format, options: options)
            }
        }
    }

    @Test func whatXMLCannotHoldInAttributesIsReplacedAsWell() throws {
        var pain = try entity("E\u{1}", "S", "pain", in: "pain")
        pain.attributes = ["note": "a\u{2}b"]
        let document = Document(
            id: "a", text: "pain", entities: [pain],
            relations: [
                Relation(
                    id: "R0", type: "LINK",
                    arguments: [.init(role: "from", entityID: "E\u{1}"), .init(role: "to", entityID: "E\u{1}")])
            ], labels: [DocumentLabel(name: "L", value: "\u{3}")])
        var options = WriteOptions()
        options.xmlReplacement = "?"
        try withTemporaryFolder { folder in
            let lost = try CorpusWriter.write([document], to: folder, format: .i2b2, options: options)
            #expect(lost == [.character: 5])
            let result = try CorpusReader.read(folder, name: "f")
            let again = result.corpus.documents[0]
            #expect(result.faults.isEmpty)
            #expect(again.entities[0].attributes == ["note": "a?b"])
            #expect(again.relations[0].arguments.map(\.entityID) == ["E?", "E?"])
            #expect(again.labels == [DocumentLabel(name: "L", value: "?")])
        }
    }

    @Test(
        arguments: [
            ([0xC3], 9), ([0xC0, 0x80], 9), ([0xE0, 0x81, 0x81], 9), ([0xED, 0xA0, 0x80], 9),
            ([0xF4, 0x90, 0x80, 0x80], 9),
            ([0xF0, 0x8F, 0xBF, 0xBF], 9), ([0xF5, 0x80, 0x80, 0x80], 9), ([0x61, 0x80], 10),
            ([0xC3, 0xA9, 0xE2, 0x82], 11),
            ([0xF0, 0x9F, 0x98, 0xB7, 0xFF], 13), ([0xE2, 0x82, 0xAC, 0xC1], 12),
        ] as [([UInt8], Int)])
    func bytesThatAreNotUTF8AreFound(_ bytes: [UInt8], _ offset: Int) throws {
        let expected =
            "a.xml: not UTF-8 at byte \(offset); name the encoding, one of "
            + "utf-8, utf-16, utf-16le, utf-16be, latin-1, windows-1252"
        #expect(try message("a.xml", Array("<r><TEXT>".utf8) + bytes + Array("</TEXT></r>".utf8)) == expected)
        let records = Array("<ROOT><RECORD ID=\"1\"><TEXT>".utf8)
        let shifted = expected.replacing("byte \(offset)", with: "byte \(offset - 9 + records.count)")
        #expect(
            try message("a.xml", records + bytes + Array("</TEXT></RECORD></ROOT>".utf8)) == shifted)
    }

    @Test func anEncodingThatIsNamedCountsMoreThanTheDeclaration() throws {
        var options = ReadOptions(format: .i2b2)
        options.encoding = .windows1252
        let bytes =
            Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?><r><TEXT>39".utf8) + [0xB0, 0x93]
            + Array("</TEXT></r>".utf8)
        let document = try withFile("a.xml", bytes) { try CorpusReader.read($0, name: "f", options: options) }
        #expect(document.corpus.documents[0].text == "39°“")
        options.encoding = .utf8
        let latin = Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r><TEXT>39°</TEXT></r>".utf8)
        let named = try withFile("a.xml", latin) { try CorpusReader.read($0, name: "f", options: options) }
        #expect(named.corpus.documents[0].text == "39°")
    }
}
