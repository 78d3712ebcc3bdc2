import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct I2B2WriterTests {
    @Test(arguments: ["2014-deid/gold", "2014-deid/system", "2014-risk/gold", "2014-risk/complete", "2018-track1/gold"])
    func writesTheFixturesByteForByte(_ folder: String) throws {
        let path = SharedData.fixture("i2b2/\(folder)")
        for source in [TypeSource.attribute, .element] {
            let documents = try CorpusReader.read(path, name: "f", options: ReadOptions(typeSource: source)).corpus
            try withTemporaryFolder { output in
                try CorpusWriter.write(documents.documents, to: output, format: .i2b2)
                for document in documents.documents {
                    let original = try String(contentsOfFile: "\(path)/\(document.id).xml", encoding: .utf8)
                    let written = try String(contentsOfFile: "\(output)/\(document.id).xml", encoding: .utf8)
                    #expect(Self.layout(written) == Self.layout(original))
                }
            }
        }
    }

    /// XML without what the fixtures spell in several ways: blanks around elements and before `/>`.
    private static func layout(_ xml: String) -> String {
        xml.replacing(/[ ]*\/>/, with: "/>").replacing(/\?>/, with: "?>").replacing(" ?>", with: "?>")
            .replacing("\n  <", with: "\n<")
    }

    @Test func nestsAnnotatorsTagsWhereTheyWere() throws {
        let path = SharedData.fixture("i2b2/2014-risk/complete")
        let documents = try CorpusReader.read(path, name: "f").corpus.documents
        try withTemporaryFolder { output in
            try CorpusWriter.write(documents, to: output, format: .i2b2)
            let written = try String(contentsOfFile: "\(output)/801-01.xml", encoding: .utf8)
            #expect(written.contains("<SMOKER id=\"DOC16\" status=\"past\">\n  <SMOKER id=\"G16\" start=\"166\""))
            let again = try CorpusReader.read(output, name: "f").corpus.documents[0]
            #expect(again.entities == documents[0].entities)
            #expect(again.labels == documents[0].labels)
        }
    }

    @Test func givesBackWhatItWrote() throws {
        var symptom = try entity("E0", "Symptom", "e\u{301}tat", "isolation", in: difficultText)
        symptom.attributes = ["comment": "a \"b\" & <c>\n\td &amp; '", "side": "left\r"]
        symptom.codes = ["UMLS:C0001", "ICD10:X"]
        let drug = try entity("E1", "Drug name", "R&D <stat> \"now\"\nlast", in: difficultText)
        for text in [difficultText, difficultText + "]]>", ""] {
            let original = Document(id: "a", text: text, entities: text.isEmpty ? [] : [symptom, drug])
            let again = try roundTrip([original], .i2b2)[0]
            #expect(again.text == text)
            #expect(again.entities.map(\.spans) == original.entities.map(\.spans))
            #expect(again.entities.map(\.type) == original.entities.map(\.type))
            #expect(again.entities.map(\.codes) == original.entities.map(\.codes))
            #expect(again.entities.first?.attributes == original.entities.first?.attributes)
        }
    }

    @Test func keepsCarriageReturnsThatAParserWouldFold() throws {
        let text = "BP 120/80\r\nHR 70\rT 37]]>\n& <x>"
        let original = Document(id: "a", text: text, entities: [try entity("E0", "V", "T 37", in: text)])
        let again = try roundTrip([original], .i2b2)[0]
        #expect(Array(again.text.utf8) == Array(text.utf8))
        #expect(again.entities == original.entities)
    }

    @Test func writesPredictionsUnderTheElementsOfTheCorpus() throws {
        let path = SharedData.fixture("i2b2/2014-deid/gold")
        var documents = try CorpusReader.read(path, name: "f").corpus.documents
        let span = TextSpan(start: 4, end: 8)
        // The second note has no place in it: the first one's elements count.
        documents[1].entities = [
            Entity(type: "CITY", spans: [span], provenance: .predicted(confidence: 0.5)),
            Entity(type: "Device", spans: [span], provenance: .silver(probability: 0.5)),
        ]
        try withTemporaryFolder { output in
            try CorpusWriter.write(documents, to: output, format: .i2b2)
            let written = try String(contentsOfFile: "\(output)/901-02.xml", encoding: .utf8)
            #expect(written.contains("<LOCATION id=\"E0\" start=\"4\" end=\"8\" text=\""))
            #expect(written.contains("TYPE=\"CITY\" comment=\"\" />"))
            #expect(written.contains("<Device id=\"E1\""))
            #expect(!written.contains("0.5"))
        }
    }

    @Test func refusesWhatXMLCannotHold() throws {
        let page = Document(id: "a", text: "😷 page\u{C}two")
        let error = #expect(throws: CorpusError.self) { try roundTrip([page], .i2b2) }
        #expect(
            error?.description
                == "document a: XML cannot hold the character U+000C at offset 6; write jsonl or brat instead")
        var odd = try entity("E0", "T", "page", in: "page")
        odd.attributes = ["sub type": "x"]
        let name = #expect(throws: CorpusError.self) {
            try roundTrip([Document(id: "a", text: "page", entities: [odd])], .i2b2)
        }
        #expect(
            name?.description == "document a: i2b2 cannot hold the name sub type: an attribute's name has no blanks")
    }

    @Test func gunzipsXML() throws {
        try withTemporaryFolder { folder in
            let source = SharedData.fixture("i2b2/2014-deid/gold/901-01.xml")
            try run("cp", source, "\(folder)/901-01.xml")
            try run("gzip", "\(folder)/901-01.xml")
            let result = try CorpusReader.read(folder, name: "test")
            #expect(result.corpus.documents[0].id == "901-01")
            #expect(result.corpus.documents[0].entities.count == 25)
        }
    }
}
