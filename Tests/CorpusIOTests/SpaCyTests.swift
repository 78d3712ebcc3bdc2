import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct SpaCyTests {
    private let options = ReadOptions(format: .spacy)

    @Test(arguments: [
        "{\"text\":\"😷 took aspirin\",\"id\":\"n\",\"entities\":[[7,14,\"Drug\"]]}",
        "{\"text\":\"😷 took aspirin\",\"id\":\"n\",\"ents\":[[7,14,\"Drug\"]]}",
        "{\"text\":\"😷 took aspirin\",\"id\":\"n\",\"spans\":[[7,14,\"Drug\"]]}",
        "{\"text\":\"😷 took aspirin\",\"id\":\"n\",\"ents\":[{\"id\":\"E0\",\"start\":7,\"end\":14,\"label\":\"Drug\"}]}",
        "[\"😷 took aspirin\",{\"id\":\"n\",\"entities\":[[7,14,\"Drug\"]]}]",
    ])
    func readsEveryLayoutAndWritesItAgain(_ line: String) throws {
        let result = try read("a.jsonl", line + "\n")
        #expect(result.format == .spacy)
        #expect(result.faults.isEmpty)
        let document = result.corpus.documents[0]
        #expect(document.id == "n")
        #expect(document.entities.map { document.surface(of: $0) } == ["aspirin"])
        #expect(document.entities.map(\.type) == ["Drug"])
        try FormatCycle.expectIdentity(result.corpus.documents, .spacy)
        #expect(try FormatCycle(result.corpus.documents, .spacy).content == line + "\n")
    }

    @Test func readsAnArrayOfPairs() throws {
        let result = try read(
            "train.json", "[[\"took aspirin\", {\"entities\": [[5, 12, \"Drug\"]]}],\n [\"none\", {\"entities\": []}]]")
        #expect(result.format == .spacy)
        #expect(result.corpus.documents.map(\.id) == ["train-1", "train-2"])
        #expect(result.corpus.documents[0].entities.map(\.type) == ["Drug"])
        try FormatCycle.expectIdentity(result.corpus.documents, .spacy)
    }

    @Test func readsCategoriesConceptsAndWhatToJSONWrites() throws {
        let result = try read(
            "a.jsonl",
            """
            {"text":"aspirin","ents":[{"start":0,"end":7,"label":"DRUG","kb_id":"C01"}],"cats":{"POS":0.25,"NEG":true},\
            "sents":[{"start":0,"end":7}],"tokens":[{"id":0,"start":0,"end":7}]}

            """)
        let document = result.corpus.documents[0]
        #expect(document.entities[0].codes == ["C01"])
        #expect(document.labels == [.init(name: "POS", value: "0.25"), .init(name: "NEG", value: "true")])
        #expect(document.metadata["spacy.sents"] == "[{\"start\":0,\"end\":7}]")
        try FormatCycle.expectIdentity(result.corpus.documents, .spacy)
        let four = try read("a.jsonl", "{\"text\":\"aspirin\",\"entities\":[[0,7,\"DRUG\",\"C01\"]]}\n")
        #expect(four.corpus.documents[0].entities[0].codes == ["C01"])
        try FormatCycle.expectIdentity(four.corpus.documents, .spacy)
    }

    @Test func countsWhatItCannotHold() throws {
        let cycle = try FormatCycle([try FormatCycle.fullDocument()], .spacy)
        #expect(cycle.lost == [.attribute: 1, .gap: 1, .label: 1, .line: 1, .provenance: 1, .relation: 1])
        #expect(cycle.documents[0].entities[0].codes == ["UMLS:C0015967"])
        #expect(cycle.documents[0].id == "note")
        try FormatCycle.expectIdentity(cycle.documents, .spacy)
    }

    @Test(arguments: [
        ("[\"a\"]", "a.jsonl:1: the record is an array, but not [text, {\"entities\": …}]"),
        ("{\"id\":1}", "a.jsonl:1: text is missing or no string"),
        ("{\"text\":\"a\",\"cats\":[]}", "a.jsonl:1: cats is an array, not an object"),
        ("{\"text\":\"a\",\"cats\":{\"x\":[]}}", "a.jsonl:1: a value of cats is an array, not a number"),
        ("{\"text\":\"a\",\"entities\":{}}", "a.jsonl:1: entities is no array"),
        ("{\"text\":\"a\",\"entities\":[3]}", "a.jsonl:1: an entity is a number, not [start, end, label]"),
    ])
    func saysWhatIsWrongAndWhere(_ line: String, _ expected: String) throws {
        #expect(try message("a.jsonl", line, options) == expected)
    }
}
