import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct JSONLinesTests {
    @Test func givesBackEverythingItWrote() throws {
        var silver = try entity("E0", "Symptom", "e\u{301}tat", "isolation", in: difficultText)
        silver.provenance = .silver(probability: 0.1 + 0.2)
        silver.evidence = ["lexicon/symptoms:4", "regex/x"]
        silver.codes = ["UMLS:C0001"]
        silver.attributes = ["assertion": "pos\"sible\u{1}\r\n"]
        var predicted = try entity("E1", "Drug", "R&D", in: difficultText)
        predicted.provenance = .predicted(confidence: 1)
        let gold = try entity("E2", "Drug", "last", in: difficultText)
        let relation = Relation(id: "R1", type: "X", arguments: [.init(role: "a", entityID: "E0")])
        let document = Document(
            id: "a/b c", text: difficultText + "\u{1}\u{C}\r\n\\ \u{2028}", metadata: ["file": "x", "k": "v\t"],
            entities: [silver, predicted, gold], relations: [relation], uninterpreted: ["*\tEquiv T1 T2"])
        let again = try roundTrip([document, Document(id: "empty", text: "", metadata: ["file": "y"])], .jsonl)
        #expect(again.map(\.id) == ["a/b c", "empty"])
        #expect(Array(again[0].text.utf8) == Array(document.text.utf8))
        #expect(again[0].metadata == document.metadata)
        #expect(again[0].entities == document.entities)
        #expect(again[0].relations == [relation])
        #expect(again[0].uninterpreted == document.uninterpreted)
    }

    @Test func writesTheDocumentedShape() throws {
        var entity = try entity("E0", "Symptom", "isolation", in: difficultText)
        entity.provenance = .silver(probability: 0.75)
        entity.evidence = ["lexicon/x:1"]
        try withTemporaryFolder { folder in
            let path = "\(folder)/a.jsonl"
            try CorpusWriter.write(
                [Document(id: "a", text: difficultText, entities: [entity])], to: path, format: .jsonl)
            let line = try String(contentsOfFile: path, encoding: .utf8)
            #expect(
                line == "{\"id\":\"a\",\"text\":\"\\nTemp 38.2 °C\\te\u{301}tat\\n😷 isolation, R&D <stat> "
                    + "\\\"now\\\"\\nlast line\",\"entities\":[{\"id\":\"E0\",\"type\":\"Symptom\",\"spans\":[[22,31]],"
                    + "\"text\":\"isolation\",\"provenance\":\"silver\",\"probability\":0.75,"
                    + "\"evidence\":[\"lexicon/x:1\"]}]}\n")
        }
    }

    @Test func readsWhatOthersWrite() throws {
        let result = try read(
            "a.jsonl",
            """
            \u{FEFF}{"id":"1","text":"\\ud83d\\ude37 ok","metadata":{"year":2019,"ok":true,"none":null},"entites":[],"label":[]}\r

            {"id":"2","text":"pain","entities":[{"type":"S","spans":[[0,4]],"text":"ache","provenance":"predicted"}]}
            """)
        let documents = result.corpus.documents
        #expect(documents.map(\.id) == ["1", "2"])
        #expect(documents[0].text == "\u{1F637} ok")
        #expect(documents[0].metadata == ["year": "2019", "ok": "true", "file": "a.jsonl"])
        #expect(documents[1].entities[0].provenance == .predicted(confidence: 1))
        #expect(
            result.faults.map(\.message) == [
                "the member entites of the document is not read; did you mean entities?",
                "the member label of the document is not read; did you mean labels?",
                "entity E0: the text given with it differs from the note at its offsets",
            ])
        #expect(result.faults.map(\.line) == [1, 1, 3])
    }

    @Test(arguments: [
        ("{", "a.jsonl:2: not valid JSON; each document is one JSON object"),
        ("[1]", "a.jsonl:2: the value is not an object"),
        ("{\"text\":\"a\"}", "a.jsonl:2: id is missing"),
        ("{\"id\":\"a\",\"text\":7}", "a.jsonl:2: text is not a string"),
        (
            "{\"id\":\"a\",\"text\":\"b\",\"entities\":[{\"type\":\"S\",\"spans\":[[0,\"1\"]]}]}",
            "a.jsonl:2: entities[0].spans[0][1] is not a whole number"
        ),
        (
            "{\"id\":\"a\",\"text\":\"b\",\"entities\":[{\"type\":\"S\",\"spans\":[[0]]}]}",
            "a.jsonl:2: entity E0: a span is not [start, end]"
        ),
        (
            "{\"id\":\"a\",\"text\":\"b\",\"entities\":[{\"type\":\"S\",\"spans\":[]}]}",
            "a.jsonl:2: entity E0 has no spans"
        ),
        (
            "{\"id\":\"a\",\"text\":\"b\",\"entities\":[{\"id\":\"X\",\"type\":\"S\",\"spans\":[[0,2]]}]}",
            "a.jsonl:2: entity X spans 0-2, but the text has 1 code points; "
                + "check that the annotations belong to this text and count code points"
        ),
        (
            "{\"id\":\"a\",\"text\":\"b\",\"entities\":[{\"id\":\"X\",\"type\":\"S\",\"spans\":[[0,1]],"
                + "\"provenance\":\"human\"}]}", "a.jsonl:2: entity X: provenance is none of gold, silver, predicted"
        ),
        (
            "{\"id\":\"a\",\"text\":\"b\",\"entities\":[{\"id\":\"X\",\"type\":\"S\",\"spans\":[[0,1]],"
                + "\"probability\":2}]}", "a.jsonl:2: entity X: probability is not between 0 and 1"
        ),
        (
            "{\"id\":\"a\",\"text\":" + String(repeating: "[", count: 100_000),
            "a.jsonl:2: nested deeper than 64 levels; raise maxDepth if that is meant"
        ),
        (
            "{\"id\":\"ok\",\"text\":\"twice\"}",
            "a.jsonl: the document id ok is already used in a.jsonl; ids must be unique within a corpus"
        ),
    ])
    func saysWhatIsWrongAndWhere(_ line: String, _ expected: String) throws {
        #expect(try message("a.jsonl", "{\"id\":\"ok\",\"text\":\"\"}\n\(line)\n") == expected)
    }

    @Test func tellsTheByteThatIsNotUTF8() throws {
        #expect(
            try message("a.jsonl", Array("\n{\"id\":\"a\",\"".utf8) + [0xC3, 0x28])
                == "a.jsonl: not UTF-8 at byte 12; name the encoding, one of "
                + "utf-8, utf-16, utf-16le, utf-16be, latin-1, windows-1252")
    }
}
