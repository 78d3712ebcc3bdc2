import ClinicalText
import CorpusIO
import TestSupport
import Testing

@Suite struct AutoNERTests {
    private static let weak = """
        -DOCSTART-

        <s> O None S
        took I None S
        acetyl I Chemical,Drug S
        salicylic O Chemical,Drug S
        acid O Chemical,Drug S
        daily O None D
        now O None D
        <eof> I None S

        <s> O None S
        fever I Disease S
        headache I Disease S
        <eof> I None S

        """

    @Test func readsTheLabelsOfDictionariesAsSilver() throws {
        let result = try read("annotations.ck", Self.weak)
        let document = result.corpus.documents[0]
        #expect(document.id == "annotations-1")
        #expect(document.text == "took acetyl salicylic acid daily now\nfever headache")
        #expect(
            document.entities.map { "\($0.type):\(document.surface(of: $0))" } == [
                "Chemical:acetyl salicylic acid", "Drug:acetyl salicylic acid", "Disease:fever", "Disease:headache",
            ])
        #expect(document.entities.allSatisfy { $0.provenance == .silver(probability: 1) && $0.evidence == ["autoner"] })
        #expect(document.metadata["autoner.unknown"] == "4 5")
        #expect(result.faults.isEmpty)
        try expectRoundTrips(result.corpus.documents, .autoner)
        let lines = Self.weak.replacing("-DOCSTART-", with: "-DOCSTART- (annotations-1)")
        #expect(try written(result.corpus.documents, .autoner) == lines + "\n")
    }

    @Test func readsTheTruthAsGold() throws {
        let content =
            "<s> O None\nhas I None\nlow O None\nsodium I Disease\n<eof> I None\n\n<s> O None\n. I None\n<eof> I None\n"
        let documents = try read("truth_dev.ck", content).corpus.documents
        #expect(documents[0].text == "has low sodium\n.")
        #expect(documents[0].entities.map(\.provenance) == [.gold])
        #expect(documents[0].metadata["autoner.ties"] == "1")
        try expectRoundTrips(documents, .autoner)
    }

    @Test func countsWhatItCannotHold() throws {
        let text = "chest  pain"
        var entity = try entity("1", "Sign", "pain", in: text)
        entity.attributes = ["sure": "no"]
        entity.codes = ["X:1"]
        let document = Document(id: "a", text: text, entities: [entity])
        let read = try again([document], .autoner, losing: [.attribute: 1, .code: 1, .whiteSpace: 1])
        #expect(read[0].text == "chest pain")
        #expect(read[0].entities.map(\.type) == ["Sign"])
    }

    @Test(arguments: [
        ("a I\n", "a.ck:2: a line must read TOKEN, I or O, TYPES, and S or D if it is known which"),
        ("a X None\n", "a.ck:2: the second column is neither I, a break, nor O, a tie"),
        ("a I None Q\n", "a.ck:2: the fourth column is neither S nor D"),
    ])
    func saysWhatIsWrongWithALine(_ content: String, _ expected: String) throws {
        #expect(try message("a.ck", "<s> O None\n" + content) == expected)
    }

    @Test func notesTiesToOtherTypes() throws {
        let result = try read("a.ck", "<s> O None\na I X\nb O Y\nc I None\nd O Y\n<eof> I None\n")
        #expect(result.corpus.documents[0].entities.map(\.type) == ["X", "Y", "Y"])
        #expect(result.faults.map(\.line) == [3, 5])
        #expect(result.faults.allSatisfy { $0.kind == .invalidTag })
    }

    @Test func refusesTypesThatHaveNoPlace() throws {
        let document = Document(id: "a", text: "x", entities: [try entity("1", "A B", "x", in: "x")])
        let error = #expect(throws: CorpusError.self) { try again([document], .autoner) }
        #expect(
            error?.description
                == "document a: autoner cannot hold the name A B: "
                + "a type has no blank or comma and is not None; map it to another name")
    }
}
