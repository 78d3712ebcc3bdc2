import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct DoccanoTests {
    private let options = ReadOptions(format: .doccano)

    @Test(arguments: ["label", "labels"]) func readsTriples(_ member: String) throws {
        let result = try read(
            "a.jsonl",
            "{\"id\":7,\"text\":\"😷 took aspirin\",\"\(member)\":[[2,6,\"Verb\"],[7,14,\"Drug\"]],\"Comments\":[\"?\"],\"ward\":\"B2\","
                + "\"age\":61}\n")
        #expect(result.format == .doccano)
        #expect(result.faults.isEmpty)
        let document = result.corpus.documents[0]
        #expect(document.id == "7")
        #expect(document.entities.map { document.surface(of: $0) } == ["took", "aspirin"])
        #expect(document.entities.map(\.type) == ["Verb", "Drug"])
        #expect(document.metadata["ward"] == "B2")
        #expect(document.metadata["age"] == "61")
        #expect(document.metadata["doccano.Comments"] == "[\"?\"]")
        try FormatCycle.expectIdentity(result.corpus.documents, .doccano)
        #expect(
            try FormatCycle(result.corpus.documents, .doccano).content
                == "{\"id\":7,\"text\":\"😷 took aspirin\",\"\(member)\":[[2,6,\"Verb\"],[7,14,\"Drug\"]],\"Comments\":[\"?\"],"
                + "\"age\":61,\"ward\":\"B2\"}\n")
    }

    @Test(arguments: [
        "{\"id\":1,\"text\":\"pain\"}", "{\"id\":1,\"text\":\"pain\",\"cats\":[\"short\"]}",
        "{\"id\":1,\"text\":\"pain\",\"label\":[]}", "{\"id\":1,\"text\":\"pain\",\"entities\":[],\"relations\":[]}",
    ])
    func writesRecordsThatNobodyAnnotatedAsTheyWere(_ record: String) throws {
        let result = try read("a.jsonl", record + "\n", options)
        #expect(try FormatCycle(result.corpus.documents, .doccano).content == record + "\n")
    }

    @Test func readsEntitiesAndRelationsWithIDs() throws {
        let result = try read(
            "a.jsonl",
            """
            {"id":1,"text":"aspirin for pain","entities":[{"id":5,"label":"Drug","start_offset":0,"end_offset":7,"sure":true},\
            {"id":6,"label":"Sign","start_offset":12,"end_offset":16}],"relations":[{"id":2,"from_id":5,"to_id":6,"type":"treats"},\
            {"id":3,"from_id":5,"to_id":9,"type":"lost"}],"Comments":[]}

            """)
        #expect(result.format == .doccano)
        let document = result.corpus.documents[0]
        #expect(document.entities.map(\.id) == ["5", "6"])
        #expect(document.entities[0].attributes == ["doccano.sure": "true", "sure": "true"])
        #expect(
            document.relations == [
                Relation(
                    id: "2", type: "treats",
                    arguments: [.init(role: "from", entityID: "5"), .init(role: "to", entityID: "6")])
            ])
        #expect(document.uninterpreted == ["doccano {\"id\":3,\"from_id\":5,\"to_id\":9,\"type\":\"lost\"}"])
        #expect(
            result.faults.map(\.message) == [
                "relation 3 refers to what is not there; it is kept but not interpreted"
            ])
        try FormatCycle.expectIdentity(result.corpus.documents, .doccano)
        let content = try FormatCycle(result.corpus.documents, .doccano).content
        #expect(
            content.contains(
                "\"entities\":[{\"id\":5,\"label\":\"Drug\",\"start_offset\":0,\"end_offset\":7,\"sure\":true}"))
        #expect(content.contains("{\"id\":3,\"from_id\":5,\"to_id\":9,\"type\":\"lost\"}"))
    }

    @Test func readsLabelsOfTheWholeText() throws {
        let result = try read(
            "a.jsonl",
            """
            {"id":1,"text":"pain","label":["positive","urgent"]}
            {"id":2,"text":"pain","cats":["urgent"],"entities":[[0,4,"Sign"]]}
            {"id":3,"data":"pain","label":[]}

            """)
        #expect(
            result.corpus.documents.map(\.labels) == [
                [.init(name: "label", value: "positive"), .init(name: "label", value: "urgent")],
                [.init(name: "cats", value: "urgent")], [],
            ])
        #expect(result.corpus.documents[1].entities.map(\.type) == ["Sign"])
        try FormatCycle.expectIdentity(result.corpus.documents, .doccano)
    }

    @Test func readsAnArrayOfRecords() throws {
        let result = try read(
            "a.json", "[\n {\"text\": \"pain\", \"label\": [[0, 4, \"Sign\"]]},\n {\"text\": \"x\", \"label\": []}]\n")
        #expect(result.format == .doccano)
        #expect(result.corpus.documents.map(\.id) == ["a-1", "a-2"])
        #expect(result.corpus.documents.map { $0.metadata["line"] } == ["2", "3"])
    }

    @Test func writesWhatItCanOfAnyDocument() throws {
        let document = try FormatCycle.fullDocument()
        let cycle = try FormatCycle([document], .doccano)
        #expect(cycle.lost == [.code: 1, .gap: 1, .label: 1, .line: 1, .provenance: 1])
        #expect(cycle.documents[0].entities.map(\.id) == ["T1", "T2", "T3"])
        #expect(cycle.documents[0].entities[0].attributes == ["assertion": "present"])
        #expect(cycle.documents[0].metadata["patient"] == "7")
        try FormatCycle.expectIdentity(cycle.documents, .doccano)
    }

    @Test(arguments: [
        ("[1]", "a.jsonl:1: the record is a number, not an object"),
        ("{\"text\":7}", "a.jsonl:1: text is missing or no string"),
        ("{\"text\":\"a\",\"id\":[]}", "a.jsonl:1: id is neither a number nor a string that is not empty"),
        ("{\"text\":\"a\",\"label\":[{}]}", "a.jsonl:1: a label is an object, not [start, end, label]"),
        ("{\"text\":\"a\",\"label\":[[0,1]]}", "a.jsonl:1: an entity is not written [start, end, label]"),
        ("{\"text\":\"a\",\"label\":[[0,1,2]]}", "a.jsonl:1: entity E0: its label is no string"),
        (
            "{\"text\":\"a\",\"label\":[[0,\"1\",\"X\"]]}",
            "a.jsonl:1: entity E0: its start or end is not a whole number"
        ),
        (
            "{\"text\":\"a\",\"label\":[[0,2,\"X\"]]}",
            "a.jsonl:1: entity E0 spans 0-2, but the text has 1 code points; "
                + "check that the annotations belong to this text and count code points"
        ),
        (
            "{\"text\":\"a\",\"label\":[[-1,1,\"X\"]]}",
            "a.jsonl:1: entity E0 spans -1-1, but the text has 1 code points; "
                + "check that the annotations belong to this text and count code points"
        ),
        ("{\"text\":\"a\",\"entities\":[7]}", "a.jsonl:1: an entity is a number, not an object"),
        ("{\"text\":\"a\",\"relations\":[{}]}", "a.jsonl:1: relations[0] has no from_id, to_id or type"),
        ("{\"text\":\"a\",\"cats\":\"x\"}", "a.jsonl:1: cats is no array"),
    ])
    func saysWhatIsWrongAndWhere(_ line: String, _ expected: String) throws {
        #expect(try message("a.jsonl", line, options) == expected)
    }

    @Test func goesOnAfterFaults() throws {
        let result = try read(
            "a.jsonl",
            "{\"text\":\"pain\",\"label\":[[0,9,\"X\"],[0,4,\"Y\"]]}\n{]\n{\"text\":\"b\"}\n",
            ReadOptions(format: .doccano, mode: .warn))
        #expect(result.corpus.documents.map(\.id) == ["a-1", "a-3"])
        #expect(result.corpus.documents[0].entities.map(\.type) == ["Y"])
        #expect(result.summary.leftOut == [.entity: 1, .document: 1])
        #expect(result.faults.map(\.line) == [1, 2])
    }
}
