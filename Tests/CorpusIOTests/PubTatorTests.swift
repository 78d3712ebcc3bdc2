import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct PubTatorTests {
    private static let sample = """

        10|t|Naïve 😷 fever.
        10|a|Fever and chill | ache; took aspirin.\u{20}
        10\t8\t13\tfever\tDisease\tD005334
        10\t25\t37\tchill | ache\tDisease\tMESH:D1|MESH:D2\tchill|ache
        10\t44\t51\taspirin  \tChemical\tD3+D4
        10\t44\t51\taspirin\tDrug\t-1\t
        10\tCID\tD3\tD005334
        10\tAssociation\tD4\tD1\tNovel


        11|t|Only a title
        11\t0\t4\tOnly\tX

        """

    @Test func readsMentionsConceptsAndRelations() throws {
        let result = try read("a.pubtator", Self.sample)
        let documents = result.corpus.documents
        #expect(documents.map(\.id) == ["10", "11"])
        #expect(documents[0].text == "Naïve 😷 fever.\nFever and chill | ache; took aspirin. ")
        #expect(documents[1].text == "Only a title")
        let entities = documents[0].entities
        #expect(entities.map { documents[0].surface(of: $0) } == ["fever", "chill | ache", "aspirin", "aspirin"])
        #expect(entities.map(\.codes) == [["D005334"], ["MESH:D1", "MESH:D2"], ["D3", "D4"], []])
        #expect(
            entities.map(\.attributes) == [
                [:], ["parts": "chill|ache"], ["pubtator.concept": "D3+D4", "pubtator.surface": "aspirin  "],
                ["parts": ""],
            ])
        #expect(documents[1].entities[0].attributes == ["pubtator.columns": "5"])
        #expect(
            documents[0].relations == [
                Relation(id: "R0", type: "CID", arguments: [], attributes: ["Arg1": "D3", "Arg2": "D005334"]),
                Relation(
                    id: "R1", type: "Association", arguments: [],
                    attributes: ["Arg1": "D4", "Arg2": "D1", "Arg3": "Novel"]),
            ])
        #expect(documents.map { $0.metadata["line"] } == ["2", "12"])
        #expect(result.faults.isEmpty)
    }

    @Test func writesTheLinesItRead() throws {
        let documents = try read("a.pubtator", Self.sample).corpus.documents
        let expected = Self.sample.drop { $0 == "\n" }.replacing("\n\n\n", with: "\n\n") + "\n"
        #expect(try written(documents, .pubtator) == expected)
        try expectRoundTrips(documents, .pubtator)
    }

    @Test func endsADocumentAtTheNextTitleAndTakesWindowsLineEnds() throws {
        let documents = try read("a.txt", "1|t|A\r\n1|a|b\r\n1\t2\t3\tb\tX\t-1\r\n2|t|C\r\n").corpus.documents
        #expect(documents.map(\.text) == ["A\nb", "C"])
        #expect(documents[0].entities.map(\.codes) == [[]])
    }

    @Test func keepsTheScoresOfTaggers() throws {
        let documents = try read("a.pubtator", "1|t|fever\n1\t0\t5\tfever\tDisease\tMESH:D1\t0.79\n").corpus.documents
        #expect(documents[0].entities[0].attributes == ["score": "0.79"])
        try expectRoundTrips(documents, .pubtator)
    }

    @Test func countsWhatItCannotHold() throws {
        let text = "Pain\r\nin arm\nand leg"
        var split = try entity("T1", "Sign", "arm", "leg", in: text)
        split.attributes = ["negated": "yes", "i2b2.element": "X"]
        split.provenance = .predicted(confidence: 0.5)
        split.codes = ["UMLS:C1"]
        let document = Document(
            id: "a", text: text, metadata: ["file": "x", "patient": "7"], entities: [split],
            relations: [
                Relation(id: "1", type: "R", arguments: [.init(role: "a", entityID: "T1")]),
                Relation(id: "2", type: "CID", arguments: [], attributes: ["Chemical": "D1", "Disease": "D2"]),
            ], labels: [DocumentLabel(name: "L")], uninterpreted: ["#1\tx"])
        let lost: [CorpusPart: Int] = [
            .whiteSpace: 2, .gap: 1, .attribute: 3, .provenance: 1, .relation: 1, .label: 1, .line: 1, .metadata: 1,
        ]
        let read = try again([document], .pubtator, losing: lost)
        #expect(read[0].text == "Pain \nin arm and leg")
        #expect(read[0].surface(of: read[0].entities[0]) == "arm and leg")
        #expect(read[0].entities[0].codes == ["UMLS:C1"])
        #expect(read[0].relations[0].attributes == ["Arg1": "D1", "Arg2": "D2"])
    }

    @Test(arguments: [
        (
            "2|t|x\n1\t0\t1\tx\tX\t-1",
            "a.pubtator:5: the line has another id than its document; put a blank line between documents"
        ),
        (
            "1\t0\tx\ty",
            "a.pubtator:4: a mention must read ID, START, END, text, TYPE and CONCEPT, with tabs between them"
        ),
        (
            "1\t0\t9\tx\tX\t-1",
            "a.pubtator:4: entity E0 spans 0-9, but the text has 3 code points; "
                + "check that the annotations belong to this text and count code points"
        ),
        (
            "1\t-1\t1\tx\tX\t-1",
            "a.pubtator:4: entity E0 spans -1-1, but the text has 3 code points; check that the annotations belong to this text and count code points"
        ),
        ("1\t2\t1\tx\tX\t-1", "a.pubtator:4: entity E0 starts at 2, after its end 1; correct its offsets"),
        (
            "1\t99999999999999999999\t1\tx\tX\t-1",
            "a.pubtator:4: a mention must read ID, START, END, text, TYPE and CONCEPT, with tabs between them"
        ),
        (
            "1\t34.\t41\tx\tX\t-1",
            "a.pubtator:4: a mention must read ID, START, END, text, TYPE and CONCEPT, with tabs between them"
        ),
        ("1\tCID", "a.pubtator:4: neither a mention nor a relation; a relation must read ID, TYPE and concepts"),
        ("\n1|a|b", "a.pubtator:5: a document must begin with its title, ID|t|TITLE"),
    ])
    func saysWhatIsWrongWithALine(_ line: String, _ expected: String) throws {
        #expect(try message("a.pubtator", "\n1|t|a\n1|a|b\n\(line)\n") == expected)
    }

    @Test func tellsTheByteThatIsNotUTF8() throws {
        #expect(
            try message("a.pubtator", Array("1|t|ab".utf8) + [0xC3, 0x28, 0x0A])
                == "a.pubtator: not UTF-8 at byte 6; name the encoding, one of "
                + "utf-8, utf-16, utf-16le, utf-16be, latin-1, windows-1252")
    }

    @Test func goesOnAfterABadLineWhereAsked() throws {
        let content = "1|t|ab\n1\t0\t9\tx\tX\t-1\n1\t0\t1\ta\tX\t-1\n\nbad\n\n2|t|c\n"
        let result = try read("a.pubtator", content, ReadOptions(format: .pubtator, mode: .warn))
        #expect(result.corpus.documents.map(\.entities.count) == [1, 0])
        #expect(result.summary.leftOut == [.entity: 1, .document: 1])
        #expect(result.faults.map(\.line) == [2, 5])
    }

    @Test func refusesNamesThatHaveNoPlace() throws {
        let bar = Document(id: "a|b", text: "x")
        #expect(throws: CorpusError.self) { try again([bar], .pubtator) }
        let error = #expect(throws: CorpusError.self) {
            try again([Document(id: "a", text: "x", entities: [entity("1", "A\tB", "x", in: "x")])], .pubtator)
        }
        #expect(
            error?.description
                == "document a: pubtator cannot hold the name A\tB: "
                + "a type has no tab or line break and is not empty; map it to another name")
    }
}
