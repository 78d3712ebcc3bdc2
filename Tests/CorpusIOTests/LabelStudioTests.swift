import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct LabelStudioTests {
    /// A task whose note has characters of two UTF-16 code units before and after its regions.
    private let tasks = """
        [{"id": 12, "data": {"text": "😷 took aspirin 😷 for pain", "patient": "P7", "age": 61},
          "annotations": [
            {"id": 1, "completed_by": 3, "was_cancelled": true, "result": []},
            {"id": 2, "completed_by": {"id": 4, "email": "b@example.org"}, "lead_time": 2.5, "result": [
              {"id": "r1", "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual",
               "value": {"start": 8, "end": 15, "text": "aspirin", "labels": ["Drug", "Chemical"]}},
              {"id": "r2", "from_name": "ner", "to_name": "note", "type": "labels",
               "value": {"start": 23, "end": 27, "text": "pain", "labels": ["Sign"], "globalOffsets": {"start": 23}}},
              {"id": "r2", "from_name": "assertion", "to_name": "text", "type": "choices",
               "value": {"start": 23, "end": 27, "text": "pain", "choices": ["present"]}},
              {"from_id": "r1", "to_id": "r2", "type": "relation", "direction": "left", "labels": ["treats"]},
              {"from_id": "r1", "to_id": "gone", "type": "relation", "direction": "right"},
              {"id": "c", "from_name": "quality", "to_name": "text", "type": "choices", "value": {"choices": ["good", "short"]}},
              {"id": "t", "from_name": "why", "to_name": "text", "type": "textarea", "value": {"text": ["free"]}}]},
            {"id": 3, "completed_by": 5, "ground_truth": false, "result": [
              {"id": "r9", "from_name": "label", "to_name": "text", "type": "labels",
               "value": {"start": 3, "end": 7, "text": "took", "labels": ["Verb"]}}]}],
          "predictions": [{"model_version": "m", "score": 0.75, "result": [
              {"id": "p1", "from_name": "label", "to_name": "text", "type": "labels", "score": 0.5,
               "value": {"start": 8, "end": 15, "text": "aspirin", "labels": ["Drug"]}},
              {"id": "p2", "from_name": "label", "to_name": "text", "type": "labels",
               "value": {"start": 23, "end": 27, "text": "pain", "labels": ["Sign"]}}]}],
          "meta": {}, "project": 9}]

        """

    private func read(_ choice: AnnotationChoice) throws -> ReadResult {
        var options = ReadOptions()
        options.annotation = choice
        return try CorpusIOTests.read("a.json", tasks, options)
    }

    @Test func readsOffsetsInUTF16CodeUnits() throws {
        let result = try read(.preferred)
        #expect(result.format == .labelStudio)
        let document = result.corpus.documents[0]
        #expect(document.id == "12")
        #expect(document.entities.map(\.id) == ["r1", "r1.1", "r2"])
        #expect(document.entities.map(\.type) == ["Drug", "Chemical", "Sign"])
        #expect(document.entities.map { document.surface(of: $0) } == ["aspirin", "aspirin", "pain"])
        #expect(document.entities[2].attributes["assertion"] == "present")
        #expect(document.relations.map(\.type) == ["treats"])
        #expect(document.relations[0].arguments.map(\.entityID) == ["r1", "r2"])
        #expect(document.labels.map(\.name) == ["quality", "quality"])
        #expect(document.labels.map(\.value) == ["good", "short"])
        #expect(document.metadata["patient"] == "P7")
        #expect(document.metadata["age"] == "61")
        #expect(document.uninterpreted.count == 2)
        #expect(
            result.faults.map(\.message) == [
                "2 other annotations of the task are kept but not read",
                "1 prediction of the task is kept but not read",
                "a relation refers to what is no region; it is kept but not interpreted",
            ])
    }

    @Test(
        arguments: [
            (.last, ["Verb"]), (.annotator("5"), ["Verb"]),
            (.annotator("b@example.org"), ["Drug", "Chemical", "Sign"]),
            (.annotator("4"), ["Drug", "Chemical", "Sign"]), (.annotator("3"), []), (.prediction, ["Drug", "Sign"]),
        ] as [(AnnotationChoice, [String])])
    func readsTheAnnotationThatIsAskedFor(_ choice: AnnotationChoice, _ types: [String]) throws {
        let documents = try read(choice).corpus.documents
        #expect(documents[0].entities.map(\.type) == types)
        if choice == .prediction {
            #expect(
                documents[0].entities.map(\.provenance) == [.predicted(confidence: 0.5), .predicted(confidence: 0.75)])
        }
        var options = ReadOptions()
        options.annotation = choice
        try FormatCycle.expectIdentity(documents, .labelStudio, options)
    }

    @Test(arguments: [AnnotationChoice.preferred, .last, .prediction, .annotator("nobody")])
    func writesEveryMemberThatItRead(_ choice: AnnotationChoice) throws {
        let content = try FormatCycle(try read(choice).corpus.documents, .labelStudio).content
        #expect(try sorted(content) == sorted(tasks))
    }

    /// The JSON with members and results in the order of their text, as neither has a meaning.
    private func sorted(_ json: String) throws -> String {
        func text(_ value: Any) throws -> String {
            if let object = value as? [String: Any] {
                return "{" + (try object.map { try "\($0):\(text($1))" }.sorted().joined(separator: ",")) + "}"
            }
            if let array = value as? [Any] {
                let values = try array.map(text)
                let isResults = array.contains { ($0 as? [String: Any])?["type"] != nil }
                return "[" + (isResults ? values.sorted() : values).joined(separator: ",") + "]"
            }
            return "\(value)"
        }
        return try text(JSONSerialization.jsonObject(with: Data(json.utf8)))
    }

    @Test func takesCodePointsWhereTheRegionsShowThem() throws {
        let counted = tasks.replacing("\"start\": 8, \"end\": 15", with: "\"start\": 7, \"end\": 14")
            .replacing("\"start\": 23, \"end\": 27", with: "\"start\": 21, \"end\": 25")
        let result = try CorpusIOTests.read("a.json", counted)
        let document = result.corpus.documents[0]
        #expect(document.entities.map { document.surface(of: $0) } == ["aspirin", "aspirin", "pain"])
        #expect(result.faults.map(\.kind).contains(.offsetUnit))
        #expect(
            result.faults.map(\.message).contains(
                "the offsets count code points, not UTF-16 code units; they are read so"))
        try FormatCycle.expectIdentity(result.corpus.documents, .labelStudio)
        #expect(try sorted(FormatCycle(result.corpus.documents, .labelStudio).content) == sorted(counted))
    }

    @Test func refusesOffsetsWithinACharacter() throws {
        #expect(
            try message("a.json", tasks.replacing("\"start\": 8, \"end\": 15", with: "\"start\": 1, \"end\": 15"))
                == "a.json:1: entity r1: its start or end lies within a character")
        #expect(
            try message("a.json", tasks.replacing("\"start\": 8, \"end\": 15", with: "\"start\": 8, \"end\": 99"))
                == "a.json:1: entity r1 spans 7-99, but the text has 25 code points; "
                + "check that the annotations belong to this text and count code points")
    }

    @Test func readsTheRecordsOfJSONMIN() throws {
        let json = """
            [{"id":4,"text":"😷 took aspirin","ward":"B2","label":[{"start":8,"end":15,"text":"aspirin","labels":["Drug","Chem"]}],\
            "quality":{"choices":["good","short"]},"sure":"yes","annotator":1,"annotation_id":5,"created_at":"2024","lead_time":1.5}]
            """
        let result = try CorpusIOTests.read("a.json", json)
        #expect(result.format == .labelStudio)
        #expect(result.faults.isEmpty)
        let document = result.corpus.documents[0]
        #expect(document.entities.map { document.surface(of: $0) } == ["aspirin", "aspirin"])
        #expect(document.labels.map(\.value) == ["good", "short"])
        #expect(document.metadata["ward"] == "B2")
        try FormatCycle.expectIdentity(result.corpus.documents, .labelStudio)
        #expect(try sorted(FormatCycle(result.corpus.documents, .labelStudio).content) == sorted(json))
    }

    @Test func findsTheMemberThatHoldsTheNote() throws {
        let json = "[{\"id\":1,\"data\":{\"note\":\"pain\"},\"annotations\":[]}]"
        let documents = try CorpusIOTests.read("a.json", json).corpus.documents
        #expect(documents[0].text == "pain")
        try FormatCycle.expectIdentity(documents, .labelStudio)
        let two = json.replacing("\"note\":\"pain\"", with: "\"note\":\"pain\",\"b\":\"x\"")
        #expect(
            try message("a.json", two) == "a.json:1: set textColumn to the member that holds the note, one of note, b")
        #expect(try CorpusIOTests.read("a.json", two, ReadOptions(textColumn: "b")).corpus.documents[0].text == "x")
        let unknown = try message("a.json", two, ReadOptions(textColumn: "c"))
        #expect(unknown == "a.json: no column c; the columns are note, b; did you mean b?")
    }

    @Test func writesWhatItCanOfAnyDocument() throws {
        let cycle = try FormatCycle([try FormatCycle.fullDocument()], .labelStudio)
        #expect(cycle.lost == [.code: 1, .gap: 1, .line: 1, .provenance: 1])
        #expect(cycle.documents[0].id == "note")
        #expect(cycle.documents[0].entities.map(\.id) == ["T1", "T2", "T3"])
        #expect(cycle.documents[0].entities[0].attributes == ["assertion": "present"])
        #expect(cycle.documents[0].labels == [DocumentLabel(name: "SMOKING", value: "NON-SMOKER")])
        #expect(cycle.documents[0].metadata["patient"] == "7")
        try FormatCycle.expectIdentity(cycle.documents, .labelStudio)
        #expect(try FormatCycle([], .labelStudio, ReadOptions(mode: .warn)).content == "[]\n")
    }

    @Test func readsTasksOneByOne() throws {
        let task = "{\"id\":%,\"data\":{\"text\":\"no pain [}] \\\"{\"},\"annotations\":[{\"result\":[]}]}"
        let json = (1...3_000).map { task.replacing("%", with: "\($0)") }.joined(separator: " ,\n")
        try withFile("a.json", "[" + json + "]") { path in
            var groups = 0
            var count = 0
            // The whole file is larger than any record may be.
            let summary = try CorpusStream(path, options: ReadOptions(maxFileBytes: 1_000)).read { read in
                groups += 1
                count += read.documents.count
            }
            #expect(summary.format == .labelStudio)
            #expect(count == 3_000)
            #expect(groups > 1)
        }
    }

    @Test(arguments: [
        ("[{\"data\":{\"text\":\"a\"},\"annotations\":[]}", "a.json:1: not valid JSON: the array is not closed"),
        (
            "[{\"data\":{\"text\":\"a\"},\"annotations\":[",
            "a.json:1: not valid JSON: the file ends within the value that begins here"
        ),
        (
            "[{\"data\":{\"text\":\"a\"},\"annotations\":[]},]",
            "a.json:1: not valid JSON: a value is missing after a comma"
        ),
        (
            "[{\"data\":{\"text\":\"a\"},\"annotations\":[]}\n{}]",
            "a.json:2: not valid JSON: a comma or ] is missing after a value"
        ),
        (
            "[{\"data\":{\"text\":\"a\"},\"annotations\":[]}]\n7",
            "a.json:2: not valid JSON: something follows the end of the array"
        ),
        (
            "[{\"data\":{\"text\":\"a\"},\"annotations\":[{\"result\":7}]}]",
            "a.json:1: annotations[0].result is no array"
        ),
        (
            "[{\"data\":{\"text\":\"a\"},\"annotations\":[{\"result\":[7]}]}]",
            "a.json:1: result[0] is a number, not an object"
        ),
    ])
    func saysWhatIsWrongAndWhere(_ json: String, _ expected: String) throws {
        #expect(try message("a.json", json, ReadOptions(format: .labelStudio)) == expected)
    }
}
