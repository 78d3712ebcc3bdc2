import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct WrenchTests {
    private static let spans = """
        {
          "0": {"label": [[1, 3, "Sign"]], "data": {"text": ["had", "chest", "pain", "\\ud83d\\ude37"], "node": [1]},
            "weak_labels": [[[2, 3, "Sign"], [1, 3, "Sign"]], [], [[1, 3, "Sign"]]], "note": "x"},
          "1": {"label": [], "data": {"text": ["two words", "."]}, "weak_labels": [[], [[0, 1, "Drug"]], []]}
        }
        """
    private static let meta =
        "{\"lf\": [\"tag-dictionary\", \"rule\", \"link\"], \"num_lf\": 3, \"lf_rec\": [\"rule\"]}"

    private func readFolder(_ files: [String: String]) throws -> ReadResult {
        try withTemporaryFolder { folder in
            for (name, content) in files {
                try content.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            }
            return try CorpusReader.read(folder, name: "test")
        }
    }

    @Test func readsGoldAndTheVotesOfFunctions() throws {
        let result = try readFolder(["train.json": Self.spans, "meta.json": Self.meta])
        #expect(result.format == .wrench)
        let documents = result.corpus.documents
        #expect(documents.map(\.id) == ["train-0", "train-1"])
        #expect(documents[0].text == "had chest pain 😷")
        #expect(documents.map { $0.metadata["line"] } == ["2", "4"])
        let entities = documents[0].entities
        #expect(entities.map { documents[0].surface(of: $0) } == ["chest pain", "pain", "chest pain"])
        #expect(entities.map(\.provenance) == [.gold, .silver(probability: 1), .silver(probability: 1)])
        #expect(entities.map(\.evidence) == [[], ["tag-dictionary"], ["tag-dictionary", "link"]])
        #expect(documents[1].entities.map(\.evidence) == [["rule"]])
        #expect(documents[0].metadata["wrench.functions"] == "[\"tag-dictionary\",\"rule\",\"link\"]")
        #expect(documents[0].uninterpreted == ["{\"data\":{\"node\":[1]}}", "{\"note\":\"x\"}"])
        #expect(documents[1].metadata["tokens.spans"] == "0:9 10:11")
        #expect(result.faults.isEmpty)
        try expectRoundTrips(documents, .wrench)
    }

    @Test func writesTheNamesOfTheFunctionsBesideTheDocuments() throws {
        let documents = try readFolder(["train.json": Self.spans, "meta.json": Self.meta]).corpus.documents
        try withTemporaryFolder { folder in
            try CorpusWriter.write(documents, to: "\(folder)/out", format: .wrench)
            #expect(try String(contentsOfFile: "\(folder)/out/meta.json", encoding: .utf8) == Self.meta)
            let one = try CorpusReader.read("\(folder)/out/train.json", name: "test").corpus.documents
            #expect(one[0].entities.map(\.evidence) == documents[0].entities.map(\.evidence))
            let written = try String(contentsOfFile: "\(folder)/out/train.json", encoding: .utf8)
            #expect(
                written.hasPrefix(
                    "{\n\"0\":{\"label\":[[1,3,\"Sign\"]],\"data\":{\"text\":[\"had\",\"chest\",\"pain\",\"😷\"],"
                        + "\"node\":[1]},\"note\":\"x\",\"weak_labels\":[[[2,3,\"Sign\"],[1,3,\"Sign\"]],[],"
                        + "[[1,3,\"Sign\"]]]},\n"))
        }
    }

    @Test func readsTagsOfTokens() throws {
        let content = """
            {"0": {"label": ["O", "B-X", "I-X"], "data": {"text": ["a", "b", "c"]},
             "weak_labels": [["O", "B-X"], ["B-X", "I-X"], ["I-X", "I-Y"]]}}
            """
        let result = try readFolder(["test.json": content])
        let document = result.corpus.documents[0]
        #expect(
            document.entities.map { "\($0.type):\(document.surface(of: $0)):\($0.evidence)" } == [
                "X:b c:[]", "X:b c:[\"function-0\"]", "X:a b:[\"function-1\"]", "Y:c:[\"function-1\"]",
            ])
        #expect(
            result.faults.map(\.message) == [
                "token 2 has a tag that cannot stand there; it is read as conlleval reads it"
            ])
        try expectRoundTrips(result.corpus.documents, .wrench)
    }

    @Test func writesDocumentsOfOtherFormats() throws {
        let text = "Seen for fever; a cough"
        var silver = try entity("1", "Sign", "fever", in: text)
        silver.provenance = .silver(probability: 1)
        silver.evidence = ["lexicon/b", "regex/a"]
        var predicted = try entity("2", "Sign", "cou", in: text)
        predicted.provenance = .predicted(confidence: 0.5)
        let document = Document(
            id: "7", text: text, entities: [silver, predicted, try entity("3", "Sign", "a", in: text)])
        let read = try again([document], .wrench, losing: [.boundary: 1, .provenance: 1, .whiteSpace: 1])
        #expect(read[0].id == "7")
        #expect(read[0].text == "Seen for fever ; a cough")
        #expect(read[0].entities.map(\.evidence) == [[], ["lexicon/b", "regex/a"], ["unknown"]])
        #expect(read[0].entities.map { read[0].surface(of: $0) } == ["a", "fever", "cough"])
        try expectRoundTrips(read, .wrench)
    }

    @Test(arguments: [
        ("{", "train.json:3: not valid JSON"),
        ("[]", "train.json:2: not valid JSON"),
        ("{\"label\":[]}", "train.json:2: data.text, the array of tokens, is missing"),
        ("{\"data\":{\"text\":[1]}}", "train.json:2: text is not an array of tokens"),
        (
            "{\"label\":[[0,2,\"X\"]],\"data\":{\"text\":[\"a\"]}}",
            "train.json:2: label has the span 0-2, but there are 1 tokens"
        ),
        (
            "{\"label\":[[-1,1,\"X\"]],\"data\":{\"text\":[\"a\"]}}",
            "train.json:2: label has the span -1-1, but there are 1 tokens"
        ),
        (
            "{\"label\":[[0,1,\"\"]],\"data\":{\"text\":[\"a\"]}}",
            "train.json:2: label has a span without a type"
        ),
        (
            "{\"label\":{},\"data\":{\"text\":[\"a\"]}}",
            "train.json:2: label is not an array of [START, END, TYPE], or of tags"
        ),
        (
            "{\"label\":[\"O\",\"O\"],\"data\":{\"text\":[\"a\"]}}",
            "train.json:2: label has 2 tags, but there are 1 tokens"
        ),
        (
            "{\"label\":[\"Q\"],\"data\":{\"text\":[\"a\"]}}",
            "train.json:2: label has a tag that is none of O, B-TYPE, I-TYPE and their like"
        ),
        ("{\"data\":{\"text\":[\"\"]}}", "train.json:2: document train-0 has an empty token"),
        (
            "{\"data\":{\"text\":[\"a\"]},\"weak_labels\":[1]}",
            "train.json:2: weak_labels is not an array of [START, END, TYPE] lists for each labeling function, "
                + "or of their tags for each token"
        ),
        (
            "{\"data\":{\"text\":[\"a\"]},\"weak_labels\":\(String(repeating: "[", count: 100_000))",
            "train.json:3: not valid JSON"
        ),
    ])
    func saysWhatIsWrong(_ value: String, _ expected: String) throws {
        #expect(try message("train.json", "{\n\"0\": \(value)\n}", ReadOptions(format: .wrench)) == expected)
    }

    @Test func goesOnAfterABadDocumentWhereAsked() throws {
        let content = "{\"0\":{\"data\":{}},\"1\":{\"data\":{\"text\":[\"a\"]},\"label\":[],\"weak_labels\":[]}}"
        let result = try read("a.json", content, ReadOptions(format: .wrench, mode: .warn))
        #expect(result.corpus.documents.map(\.id) == ["a-1"])
        #expect(result.summary.leftOut == [.document: 1])
    }

    @Test func takesALoneSurrogateAsAnErrorOfOurs() throws {
        #expect(throws: CorpusError.self) {
            try read("a.json", "{\"0\":{\"label\":[],\"data\":{\"text\":[\"\\ud800\"]},\"weak_labels\":[]}}")
        }
    }
}
