import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct ProdigyTests {
    private let record = """
        {"text":"😷 aspirin for pain","_input_hash":-1843,"_task_hash":99,"tokens":[{"text":"😷","start":0,"end":1,"id":0}],\
        "spans":[{"start":2,"end":9,"token_start":1,"token_end":1,"label":"DRUG","source":"en_core","note":"low"},\
        {"start":14,"end":18,"token_start":3,"token_end":3,"label":"SIGN"}],\
        "relations":[{"head":1,"child":3,"head_span":{"start":2,"end":9,"token_start":1,"token_end":1,"label":"DRUG"},\
        "child_span":{"start":14,"end":18,"token_start":3,"token_end":3,"label":"SIGN"},"color":"#c5bdf4","label":"TREATS"},\
        {"head":1,"child":2,"label":"LOST"}],"label":"NOTE","accept":["A","B"],"options":[{"id":"A"}],"_view_id":"relations",\
        "meta":{"patient":"12","pattern":4},"answer":"accept"}

        """

    @Test func readsSpansRelationsLabelsAndMeta() throws {
        let result = try read("a.jsonl", record)
        #expect(result.format == .prodigy)
        let document = result.corpus.documents[0]
        #expect(document.id == "a-1")
        #expect(document.entities.map { document.surface(of: $0) } == ["aspirin", "pain"])
        #expect(document.entities[0].attributes["note"] == "low")
        #expect(document.entities[0].attributes["prodigy.token_start"] == "1")
        #expect(document.entities[0].attributes["prodigy.source"] == "\"en_core\"")
        #expect(document.relations.map(\.type) == ["TREATS"])
        #expect(document.relations[0].arguments.map(\.entityID) == ["E0", "E1"])
        #expect(document.relations[0].arguments.map(\.role) == ["head", "child"])
        #expect(document.labels.map(\.value) == ["NOTE", "A", "B"])
        #expect(document.metadata["patient"] == "12")
        #expect(document.metadata["pattern"] == "4")
        #expect(document.metadata["prodigy._input_hash"] == "-1843")
        #expect(
            result.faults.map(\.message) == ["relations[1] links what is no span; it is kept but not interpreted"])
        try FormatCycle.expectIdentity(result.corpus.documents, .prodigy)
    }

    @Test func writesEveryMemberThatItRead() throws {
        let cycle = try FormatCycle(try read("a.jsonl", record).corpus.documents, .prodigy)
        func members(_ json: String) throws -> [String: Any] {
            try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        }
        var written = try members(cycle.content)
        // A record without an id gets one.
        written["id"] = nil
        #expect(NSDictionary(dictionary: written) == NSDictionary(dictionary: try members(record)))
    }

    @Test(arguments: ["reject", "ignore"]) func keepsWhatWasNotAcceptedWithoutReadingIt(_ answer: String) throws {
        let result = try read("a.jsonl", record.replacing("\"answer\":\"accept\"", with: "\"answer\":\"\(answer)\""))
        let document = result.corpus.documents[0]
        #expect(document.entities.isEmpty)
        #expect(document.relations.isEmpty)
        #expect(document.labels.isEmpty)
        #expect(
            result.faults.map(\.message) == ["the answer is not accept; the annotations are kept but not read"])
        try FormatCycle.expectIdentity(result.corpus.documents, .prodigy)
    }

    @Test func countsWhatItCannotHold() throws {
        let cycle = try FormatCycle([try FormatCycle.fullDocument()], .prodigy)
        #expect(cycle.lost == [.code: 1, .gap: 1, .label: 1, .line: 1, .provenance: 1])
        #expect(cycle.documents[0].entities.map(\.id) == ["T1", "T2", "T3"])
        #expect(cycle.documents[0].metadata["patient"] == "7")
        try FormatCycle.expectIdentity(cycle.documents, .prodigy)
    }

    @Test(arguments: [
        ("{\"text\":\"a\",\"spans\":{}}", "a.jsonl:1: spans is an object, not an array"),
        ("{\"text\":\"a\",\"spans\":[1]}", "a.jsonl:1: a span is a number, not an object"),
        ("{\"text\":\"a\",\"relations\":1}", "a.jsonl:1: relations is a number, not an array"),
        ("{\"text\":\"a\",\"relations\":[{}]}", "a.jsonl:1: relations[0] has no label"),
        ("{\"text\":\"a\",\"meta\":\"x\"}", "a.jsonl:1: meta is a string, not an object"),
        ("{\"text\":\"a\",\"spans\":[{\"start\":0,\"end\":1}]}", "a.jsonl:1: entity E0: its label is no string"),
    ])
    func saysWhatIsWrongAndWhere(_ line: String, _ expected: String) throws {
        #expect(try message("a.jsonl", line, ReadOptions(format: .prodigy)) == expected)
    }
}
