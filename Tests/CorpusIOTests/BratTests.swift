import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

@Suite struct BratTests {
    /// Writes a pair of files and reads the folder.
    private func readPair(_ text: String, _ annotations: String, _ options: ReadOptions = ReadOptions()) throws
        -> ReadResult
    {
        try withTemporaryFolder { folder in
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/a.txt"))
            try Data(annotations.utf8).write(to: URL(fileURLWithPath: "\(folder)/a.ann"))
            return try CorpusReader.read(folder, name: "test", options: options)
        }
    }

    private func messageOfPair(_ text: String, _ annotations: String) throws -> String {
        let error = #expect(throws: CorpusError.self) { try readPair(text, annotations) }
        let description = try #require(error).description
        return String(description[(description.range(of: "a.ann")?.lowerBound ?? description.startIndex)...])
    }

    @Test(arguments: ["gold", "crlf"])
    func findsTheSpansOfTheFixture(_ folder: String) throws {
        let result = try CorpusReader.read(SharedData.fixture("i2b2/2018-track2/\(folder)"), name: "f")
        let ids = Set(result.corpus.documents.map(\.id))
        let expected = try ExpectedSpan.read("2018-track2").filter { ids.contains($0.document) }
        #expect(!expected.isEmpty)
        #expect(ExpectedSpan.sorted(ExpectedSpan.found(in: result.corpus.documents)) == ExpectedSpan.sorted(expected))
        #expect(result.faults.isEmpty)
    }

    @Test func readsRelations() throws {
        let document = try CorpusReader.read(SharedData.fixture("i2b2/2018-track2/gold"), name: "f").corpus.documents[0]
        #expect(document.relations.count == 19)
        #expect(
            document.relations[0]
                == Relation(
                    id: "R1", type: "Strength-Drug",
                    arguments: [.init(role: "Arg1", entityID: "T2"), .init(role: "Arg2", entityID: "T1")]))
    }

    @Test func readsEventsAttributesCodesAndEquivalences() throws {
        let lines = """
            T1\tDrug 5 12\taspirin
            T2\tVerb 0 4\ttook
            E1\tDrug:T1 Theme:T2 Theme2:E2\u{20}
            E2\tVerb:T2
            A1\tNegation E1
            M2\tSpeculation T1 high
            N1\tReference T1 UMLS:C01\tASA
            *\tEquiv T1 E2

            """
        let result = try readPair("took aspirin", lines)
        let document = result.corpus.documents[0]
        #expect(result.faults.isEmpty)
        #expect(document.uninterpreted.isEmpty)
        #expect(document.entities[0].attributes == ["Speculation": "high"])
        #expect(document.entities[0].codes == ["UMLS:C01"])
        #expect(
            document.relations == [
                Relation(
                    id: "E1", type: "Drug",
                    arguments: [
                        .init(role: "Trigger", entityID: "T1"), .init(role: "Theme", entityID: "T2"),
                        .init(role: "Theme2", entityID: "E2"),
                    ], attributes: ["Negation": "true"]),
                Relation(id: "E2", type: "Verb", arguments: [.init(role: "Trigger", entityID: "T2")]),
                Relation(
                    id: "*1", type: "Equiv",
                    arguments: [.init(role: "Member", entityID: "T1"), .init(role: "Member", entityID: "E2")]),
            ])
    }

    @Test func keepsLinesItDoesNotInterpretInTheirOrder() throws {
        let lines = [
            "#1\tAnnotatorNotes T1\tsure?  ", "X9\twhatever", "R7\tOdd Arg1:T1", "A8\tNegation", "E9\t", "N2\tX T1 A:1",
            "*\tEquiv T1",
        ]
        let result = try readPair(
            "took aspirin", "T1\tDrug 5 12\taspirin\nT2\tVerb 0 4\ttook\n" + lines.joined(separator: "\n\n") + "\n")
        #expect(result.corpus.documents[0].uninterpreted == lines)
        #expect(
            result.faults.map(\.message) == [
                "a relation without two arguments is kept but not interpreted",
                "an attribute without a name and a target is kept but not interpreted",
                "an event without a trigger is kept but not interpreted",
                "a normalization without a target and a code is kept but not interpreted",
                "an equivalence without two members is kept but not interpreted",
            ])
        #expect(try roundTrip(result.corpus.documents, .brat)[0].uninterpreted == lines)
    }

    @Test func keepsWhatRefersToNothing() throws {
        let lines = [
            "E1\tVerb:T9", "E2\tVerb:T2 Theme:E1", "R1\tX Arg1:T1 Arg2:E2", "*\tEquiv T1 T9", "A1\tNegation E1",
            "N1\tReference E1 UMLS:C01\tx", "A3\tOld T1 no",
        ]
        let result = try readPair(
            "took aspirin",
            "T1\tDrug 5 12\taspirin\nT2\tVerb 0 4\ttook\nA2\tOld T1 yes\n" + lines.joined(separator: "\n") + "\n")
        let document = result.corpus.documents[0]
        #expect(document.uninterpreted == lines)
        #expect(document.relations.isEmpty)
        #expect(document.entities[0].attributes == ["Old": "yes"])
        #expect(
            result.faults.map(\.message) == [
                "relation E1 refers to what is not there; it is kept but not interpreted",
                "relation E2 refers to what is not there; it is kept but not interpreted",
                "relation R1 refers to what is not there; it is kept but not interpreted",
                "relation *1 refers to what is not there; it is kept but not interpreted",
                "attribute A1 is of something that is not there; it is kept but not interpreted",
                "normalization N1 is of something that is no entity; it is kept but not interpreted",
                "attribute A3 repeats a name, which one mention can have once; it is kept but not interpreted",
            ])
        #expect(result.faults.map(\.line) == [4, 5, 6, 7, 8, 9, 10])
    }

    @Test func readsSocialDeterminants() throws {
        let text = "Smokes 1 ppd, drinks rarely."
        let lines = """
            T1\tTobacco 0 6\tSmokes
            T2\tStatusTime 0 6\tSmokes
            A1\tStatusTimeVal T2 current
            T3\tAmount 7 12\t1 ppd
            E1\tTobacco:T1 Status:T2 Amount:T3

            """
        let document = try readPair(text, lines).corpus.documents[0]
        #expect(document.entities[1].attributes == ["StatusTimeVal": "current"])
        #expect(document.relations[0].arguments.map(\.role) == ["Trigger", "Status", "Amount"])
        #expect(document.relations[0].arguments.map(\.entityID) == ["T1", "T2", "T3"])
    }

    @Test func givesASecondRelationOfAnIDAnother() throws {
        let result = try readPair("a b", "T1\tX 0 1\ta\nT2\tX 2 3\tb\nR1\tY Arg1:T1 Arg2:T2\nR1\tZ Arg1:T2 Arg2:T1\n")
        #expect(result.corpus.documents[0].relations.map(\.id) == ["R1", "R1.2"])
        #expect(result.faults.map(\.message) == ["a second relation R1; it is now called R1.2"])
        #expect(try roundTrip(result.corpus.documents, .brat)[0].relations.map(\.type) == ["Y", "Z"])
    }

    @Test func countsCarriageReturnsOfTheNoteButNotOfTheAnnotations() throws {
        let result = try readPair("BP\r\n😷 120/80", "T1\tBP 6 12\t120/80\r\nR1\tX Arg1:T1 Arg2:T1\r\n")
        let document = result.corpus.documents[0]
        #expect(document.surface(of: document.entities[0]) == "120/80")
        #expect(document.relations[0].arguments[1].entityID == "T1")
        #expect(result.faults.isEmpty)
    }

    @Test func splitsLinesWhereACombiningMarkFollowsABlank() throws {
        let document = try readPair("a \u{301}b", "T1\tX 1 4\t \u{301}b\n").corpus.documents[0]
        #expect(document.entities[0].spans == [TextSpan(start: 1, end: 5)])
    }

    @Test(arguments: [(0, "took aspirin"), (1, "\u{FEFF}took aspirin")])
    func decidesByTheSurfacesWhetherOffsetsCountAByteOrderMark(_ shift: Int, _ text: String) throws {
        let result = try readPair("\u{FEFF}took aspirin", "T1\tDrug \(5 + shift) \(12 + shift)\taspirin\n")
        let document = result.corpus.documents[0]
        #expect(Array(document.text.utf8) == Array(text.utf8))
        #expect(document.surface(of: document.entities[0]) == "aspirin")
        #expect(result.faults.isEmpty)
    }

    @Test func refusesTheSmallestNumbersBesideAByteOrderMark() throws {
        #expect(throws: CorpusError.self) {
            try readPair("\u{FEFF}took", "T1\tX -9223372036854775808 -9223372036854775807\ta\n")
        }
    }

    @Test func sortsAndJoinsFragments() throws {
        let result = try readPair("pain in arm and leg", "T1\tS 16 19;0 4\tleg pain\nT2\tS 0 4;2 7\tx\n")
        let entities = result.corpus.documents[0].entities
        #expect(entities[0].spans == [TextSpan(start: 0, end: 4), TextSpan(start: 16, end: 19)])
        #expect(entities[1].spans == [TextSpan(start: 0, end: 7)])
        #expect(
            result.faults.map(\.message) == [
                "entity T1 has fragments out of order; they are sorted",
                "entity T2 has fragments that overlap; they are joined",
            ])
    }

    @Test(
        arguments: [
            ("T1\tDrug 5 12", nil),
            ("T1\tDrug 5\tx", "a.ann:2: offsets must be written START END, or START END;START END"),
            ("T1 Drug 5 12", "a.ann:2: a T line must read ID, tab, TYPE START END, tab, text"),
            ("T1\tDrug ;\tx", "a.ann:2: a T line without offsets"),
            ("T1\tDrug 12 5\tx", "a.ann:2: entity T1 starts at 12, after its end 5; correct its offsets"),
            (
                "T1\tDrug 5 13\tx",
                "a.ann:2: entity T1 spans 5-13, but the text has 12 code points; "
                    + "check that the annotations belong to this text and count code points"
            ),
        ] as [(String, String?)])
    func saysWhatIsWrongWithALine(_ line: String, _ expected: String?) throws {
        if let expected {
            #expect(try messageOfPair("took aspirin", "#1\tNote T1\tx\n\(line)\n") == expected)
        } else {
            #expect(try readPair("took aspirin", "\(line)\n").faults.isEmpty)
        }
    }

    @Test func takesATextWithoutAnnotationsAsUnlabelled() throws {
        try withTemporaryFolder { folder in
            try "took aspirin".write(toFile: "\(folder)/b.txt", atomically: true, encoding: .utf8)
            let result = try CorpusReader.read(folder, name: "test", options: ReadOptions(format: .brat))
            #expect(result.corpus.documents.map(\.id) == ["b"])
            #expect(result.corpus.documents[0].entities.isEmpty)
        }
    }

    @Test func refusesAnnotationsWithoutAText() throws {
        let error = #expect(throws: CorpusError.self) {
            try withFile("b.ann", "") { path in
                try CorpusReader.read(String(path.dropLast("/b.ann".count)), name: "test")
            }
        }
        #expect(try #require(error).description.hasSuffix("/b.ann: the text b.txt is missing beside the annotations"))
        #expect(error?.exitCode == .missingInput)
    }

    @Test func readsOnePairNamedByEitherFile() throws {
        for ending in ["txt", "ann"] {
            let path = SharedData.fixture("i2b2/2018-track2/gold/900901.\(ending)")
            let documents = try CorpusReader.read(path, name: "f").corpus.documents
            #expect(documents.map(\.id) == ["900901"])
            #expect(documents[0].entities.count == 25)
        }
    }

    @Test func writesWhatBratReads() throws {
        let text = "chest\r\n  pain and\nfever"
        let broken = try entity("P0", "Symptom", "chest\r\n  pain", in: text)
        let fever = try entity("T7", "Symptom", "and", "fever", in: text)
        let twin = try entity("T7", "Symptom", "fever", in: text)
        let document = Document(
            id: "a", text: text, entities: [broken, fever, twin],
            relations: [
                Relation(
                    id: "R1", type: "Near",
                    arguments: [.init(role: "Arg1", entityID: "P0"), .init(role: "Arg2", entityID: "T7")]),
                Relation(
                    id: "R2", type: "Near",
                    arguments: [.init(role: "Arg1", entityID: "P0"), .init(role: "Arg2", entityID: "T99")]),
            ],
            uninterpreted: ["A1\tNegation T7", "A2\tNegation T99", "#1\tAnnotatorNotes A2\tgone too", "<SMOKER />"])
        try withTemporaryFolder { folder in
            try CorpusWriter.write([document], to: folder, format: .brat)
            let annotations = try String(contentsOfFile: "\(folder)/a.ann", encoding: .utf8)
            #expect(
                annotations == """
                    T8\tSymptom 0 5;7 13\tchest   pain
                    T7\tSymptom 14 17;18 23\tand fever
                    T9\tSymptom 18 23\tfever
                    R1\tNear Arg1:T8 Arg2:T7
                    A1\tNegation T7

                    """)
            #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/a.txt")) == Data(text.utf8))
            #expect(try CorpusReader.read(folder, name: "test").faults.isEmpty)
        }
    }

    @Test func refusesATypeWithBlanks() throws {
        let document = Document(id: "a", text: "x", entities: [try entity("T1", "Drug name", "x", in: "x")])
        let error = #expect(throws: CorpusError.self) { try roundTrip([document], .brat) }
        #expect(
            error?.description
                == "document a: brat cannot hold the name Drug name: a type has no blanks; map it to another name")
    }
}
