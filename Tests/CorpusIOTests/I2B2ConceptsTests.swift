import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

@Suite struct I2B2ConceptsTests {
    private static let text = "She had chest  pain .\n Her mother had \"flu\"\nand copd ."

    /// The files of a note called `a`.
    private func note(_ concepts: String, _ assertions: String? = nil, _ relations: String? = nil) -> [String: String] {
        var files = ["a.txt": Self.text, "a.con": concepts]
        files["a.ast"] = assertions
        files["a.rel"] = relations
        return files
    }

    /// The surfaces of a note's concepts.
    private func surfaces(_ concepts: String, _ mode: ReadMode = .standard) throws -> [String] {
        let document = try readFolder(note(concepts), ReadOptions(mode: mode)).corpus.documents[0]
        return document.entities.map(document.surface)
    }

    @Test(arguments: [("", ReadOptions(format: .i2b2Concepts2010)), ("/crlf", ReadOptions())])
    func findsTheSpansOfTheFixture(_ folder: String, _ options: ReadOptions) throws {
        let result = try CorpusReader.read(
            SharedData.fixture("i2b2/2010-concepts\(folder)"), name: "f", options: options)
        #expect(result.format == .i2b2Concepts2010)
        #expect(result.faults.isEmpty)
        let rows = try FixtureRow.read("2010-concepts").filter { !$0["spans"].isEmpty }
        let document = try #require(result.corpus.documents.first)
        #expect(document.entities.map(\.type) == rows.map { $0["type"] })
        if folder.isEmpty {
            #expect(document.entities.map(document.codePointSpans) == rows.map { $0["spans"] })
            #expect(document.entities.map(document.escapedSurface) == rows.map { $0["text"] })
            #expect(document.entities.map(\.attributes) == rows.map(\.attributes))
        } else {
            // The same words, a carriage return later for each line before them.
            #expect(
                document.entities.map(document.escapedSurface).map { $0.replacing("\\r", with: "") }
                    == rows.map { $0["text"] })
        }
    }

    @Test func findsTheRelationsOfTheFixture() throws {
        let document = try CorpusReader.read(
            SharedData.fixture("i2b2/2010-concepts"), name: "f", options: ReadOptions(format: .i2b2Concepts2010)
        ).corpus.documents[0]
        let rows = try FixtureRow.read("2010-concepts")
        let ids = Dictionary(
            zip(rows.filter { !$0["spans"].isEmpty }.map { $0["line_token"] }, document.entities.map(\.id))
        ) { first, _ in first }
        let expected = try rows.filter { $0["type"].hasPrefix("REL:") }.map { row in
            let ends = row["line_token"].split(separator: " -> ").map { ids[String($0)] }
            return [String(row["type"].dropFirst(4)), try #require(ends[0]), try #require(ends[1])]
        }
        #expect(document.relations.map { [$0.type] + $0.arguments.map(\.entityID) } == expected)
        #expect(document.relations.allSatisfy { $0.arguments.map(\.role) == ["Arg1", "Arg2"] })
        #expect(document.relations.map(\.id) == (1...7).map { "R\($0)" })
    }

    @Test func readsOneNoteNamedByAnyOfItsFiles() throws {
        for name in ["txt/record-901.txt", "concept/record-901.con", "ast/record-901.ast", "rel/record-901.rel"] {
            let result = try CorpusReader.read(SharedData.fixture("i2b2/2010-concepts/\(name)"), name: "f")
            #expect(result.format == .i2b2Concepts2010)
            #expect(result.corpus.documents.map(\.id) == ["record-901"])
            #expect(result.corpus.documents[0].entities.count == 26)
            #expect(result.corpus.documents[0].relations.count == 7)
        }
    }

    @Test(
        arguments: [
            ("c=\"pain\" 1:3 1:3", "pain"), ("c=\"CHEST pain\" 1:2 1:3", "chest  pain"),
            // Double and leading blanks make tokens for some annotators.
            ("c=\"pain\" 1:4 1:4", "pain"), ("c=\"mother\" 2:2 2:2", "mother"),
            ("c=\"\"flu\"\" 2:3 2:3", "\"flu\""), ("c=\"\"flu\" and copd\" 2:3 3:1", "\"flu\"\nand copd"),
            ("c=\"flu\" 2:3 2:3", "\"flu\""),
        ])
    func findsAConcept(_ field: String, _ surface: String) throws {
        #expect(try surfaces("\(field)||t=\"problem\"\n") == [surface])
    }

    @Test func reportsHowManyTextsAgree() throws {
        let concepts = """
            c="pain" 1:3 1:3||t="problem"
            c="pain" 1:4 1:4||t="problem"
            c="flu" 2:3 2:3||t="problem"
            c="asthma" 3:1 3:1||t="problem"

            """
        #expect(
            try faults(note(concepts)) == [
                "a.con:4: offset 48: the text given with the concept at 3:1 3:1 differs from the note there; "
                    + "correct its place or its text",
                "a.con: of 4 quoted texts 1 agree with the note, 1 only with tokens counted between single blanks, "
                    + "1 but for punctuation at the ends, 1 not at all",
                "a.con:2: offset 15: entity E1 repeats entity E0: same type, same span; remove it",
            ])
        #expect(
            try message(ofFolder: note(concepts), ReadOptions(mode: .strict))
                == "a.con:4: offset 48: the text given with the concept at 3:1 3:1 differs from the note there; "
                + "correct its place or its text")
    }

    @Test func prefersTheTokensThatAgreeMoreOften() throws {
        // Token 1 of the second line is a word either way of counting: the other two concepts decide.
        let files = [
            "a.txt": "a  b b b\n x  x x",
            "a.con": """
            c="b" 1:2 1:2||t="t"
            c="x" 2:3 2:3||t="t"
            c="x" 2:4 2:4||t="t"
            c="b" 1:4 1:4||t="t"

            """,
        ]
        let document = try readFolder(files).corpus.documents[0]
        #expect(document.entities.map(document.codePointSpans) == ["3-4", "13-14", "15-16", "7-8"])
    }

    @Test(arguments: [
        (
            "c=\"pain\" 3:9 3:9",
            "a.con:1: the concept is at 3:9, but line 3 of the note has 3 tokens; "
                + "check that the annotations belong to this note and count tokens from 0", "pain"
        ),
        (
            "c=\"copd\" 9:0 9:0",
            "a.con:1: the concept is at 9:0, but the note has 3 lines; "
                + "check that the annotations belong to this note and count lines from 1", "copd"
        ),
        (
            "c=\"chest pain\" 1:3 1:2", "a.con:1: the concept at 1:3 1:2 ends before it starts; correct its place",
            "chest  pain"
        ),
        (
            "c=\"copd\" 0:0 1:0",
            "a.con:1: the concept is at 0:0, but lines are counted from 1 and tokens from 0; correct its place", "copd"
        ),
        (
            "c=\"copd\" -1:-1 -1:-1",
            "a.con:1: the concept is at -1:-1, but lines are counted from 1 and tokens from 0; correct its place",
            "copd"
        ),
    ])
    func refusesOrRepairsPlacesThatTheNoteLacks(_ field: String, _ expected: String, _ surface: String) throws {
        let files = note("\(field)||t=\"problem\"\nc=\"she\" 1:0 1:0||t=\"person\"")
        #expect(try message(ofFolder: files) == expected)
        #expect(try message(ofFolder: files, ReadOptions(mode: .strict)) == expected)
        let warned = try readFolder(files, ReadOptions(mode: .warn))
        #expect(warned.corpus.documents[0].entities.map(\.type) == ["person"])
        #expect(warned.summary.leftOut == [.entity: 1])
        #expect(warned.faults.map(\.severity) == [.error])
        let repaired = try readFolder(files, ReadOptions(mode: .repair))
        let document = repaired.corpus.documents[0]
        #expect(document.entities.map(document.surface) == [surface, "She"])
        #expect(repaired.faults.map(\.isRepaired) == [true])
        #expect(!repaired.summary.hasErrors)
    }

    @Test func movesAConceptToItsTextNearbyInARepair() throws {
        let files = note("c=\"copd\" 3:0 3:0||t=\"problem\"\nc=\"mothers\" 2:1 2:1||t=\"person\"\n")
        #expect(
            try faults(files, ReadOptions(mode: .repair)).prefix(2) == [
                "a.con:1: offset 44: the text given with the concept at 3:0 3:0 differs from the note there; "
                    + "move it to 3:1 3:1, where its text stands",
                "a.con:2: offset 27: the text given with the concept at 2:1 2:1 differs from the note there; "
                    + "correct its place or its text",
            ])
        #expect(try surfaces(files["a.con"] ?? "", .repair) == ["copd", "mother"])
        #expect(try surfaces(files["a.con"] ?? "", .warn) == ["and", "mother"])
    }

    @Test(arguments: [
        ("a.con", "c=\"pain\" 1:3 1:3", "a concept must read c=\"TEXT\" LINE:TOKEN LINE:TOKEN||t=\"TYPE\""),
        ("a.con", "c=\"pain\"||t=\"x\"", "a concept must read c=\"TEXT\" LINE:TOKEN LINE:TOKEN||t=\"TYPE\""),
        ("a.con", "c=\"pain\" 1:3 1:3||a=\"x\"", "a concept must read c=\"TEXT\" LINE:TOKEN LINE:TOKEN||t=\"TYPE\""),
        ("a.con", "c=\"pain\" 1:3 x:3||t=\"x\"", "the place of field c must read LINE:TOKEN LINE:TOKEN"),
        (
            "a.con", "c=\"pain\" 1:3 1:99999999999999999999||t=\"x\"",
            "the place of field c has a number that is too large for a line or token"
        ),
        (
            "a.ast", "c=\"pain\" 1:3 1:3||t=\"problem\"",
            "an assertion must read c=\"TEXT\" LINE:TOKEN LINE:TOKEN||t=\"TYPE\"||a=\"ASSERTION\""
        ),
        (
            "a.rel", "c=\"pain\" 1:3 1:3||c=\"she\" 1:0 1:0",
            "a relation must read c=\"TEXT\" LINE:TOKEN LINE:TOKEN||r=\"TYPE\"||c=\"TEXT\" LINE:TOKEN LINE:TOKEN"
        ),
    ])
    func saysWhatIsWrongWithALine(_ file: String, _ line: String, _ problem: String) throws {
        var files = note("c=\"she\" 1:0 1:0||t=\"person\"\r\n\r\n")
        files[file] = "\r\n\(line)\r\n"
        if file != "a.con" { files["a.con"] = "c=\"she\" 1:0 1:0||t=\"person\"" }
        #expect(try message(ofFolder: files) == "\(file):2: \(problem)")
        let result = try readFolder(files, ReadOptions(mode: .warn))
        #expect(result.summary.leftOut.values.reduce(0, +) == 1)
        #expect(result.faults.count == 1)
    }

    @Test func addsTheConceptThatOnlyAnAssertionNames() throws {
        let files = note(
            "c=\"she\" 1:0 1:0||t=\"person\"", "c=\"pain\" 1:3 1:3||t=\"problem\"||a=\"present\"")
        let document = try readFolder(files).corpus.documents[0]
        #expect(document.entities.map(\.type) == ["person", "problem"])
        #expect(document.entities[1].attributes == ["assertion": "present"])
        #expect(
            try faults(files) == [
                "a.ast:1: the concept at 1:3 1:3 is not in the .con file; it is added; add it to the .con file"
            ])
        var alone = files
        alone["a.con"] = nil
        #expect(try faults(alone).isEmpty)
        #expect(try readFolder(alone).corpus.documents[0].entities.map(\.id) == ["E0"])
    }

    @Test func givesTwoConceptsOfOnePlaceTheirOwnAssertions() throws {
        let concept = "c=\"pain\" 1:3 1:3||t=\"problem\""
        let files = note("\(concept)\n\(concept)\n", "\(concept)||a=\"present\"\n\(concept)||a=\"absent\"\n")
        #expect(
            try readFolder(files).corpus.documents[0].entities.map { $0.attributes["assertion"] } == [
                "present", "absent",
            ])
        var third = files
        third["a.ast"] = (files["a.ast"] ?? "") + "\(concept)||a=\"possible\""
        #expect(
            try message(ofFolder: third) == "a.ast:3: a second assertion about the concept at 1:3 1:3; keep one")
    }

    @Test func tellsConceptsOfOnePlaceApartByTheRelation() throws {
        let files = note(
            "c=\"pain\" 1:3 1:3||t=\"treatment\"\nc=\"pain\" 1:3 1:3||t=\"problem\"\nc=\"pain\" 1:3 1:3||t=\"test\"\n",
            nil,
            ["TrIP", "TeRP", "PIP", "other"].map { "c=\"pain\" 1:3 1:3||r=\"\($0)\"||c=\"pain\" 1:3 1:3\n" }.joined())
        let relations = try readFolder(files).corpus.documents[0].relations
        #expect(
            relations.map { $0.arguments.map(\.entityID) } == [
                ["E0", "E1"], ["E2", "E1"], ["E1", "E1"], ["E0", "E1"],
            ])
    }

    @Test func refusesARelationOfAConceptThatIsNotThere() throws {
        let files = note(
            "c=\"pain\" 1:3 1:3||t=\"problem\"", nil, "c=\"she\" 1:0 1:0||r=\"TrIP\"||c=\"pain\" 1:3 1:3\n")
        #expect(
            try message(ofFolder: files)
                == "a.rel:1: the concept at 1:0 1:0 is not in the .con file; add it there, or correct its place")
        #expect(try readFolder(files, ReadOptions(mode: .warn)).summary.leftOut == [.relation: 1])
    }

    @Test func takesATextWithoutAnnotationsAsUnlabelled() throws {
        let files = ["a.txt": "no findings", "b.txt": Self.text, "b.con": "c=\"she\" 1:0 1:0||t=\"person\""]
        #expect(try readFolder(files).corpus.documents.map(\.entities.count) == [0, 1])
    }

    @Test func refusesAnnotationsWithoutATextOrTwice() throws {
        #expect(
            try message(ofFolder: ["a.txt": "", "b.con": ""])
                == "b.con: the text b.txt is missing beside the annotations")
        #expect(
            try message(ofFolder: ["a.txt": "", "a.con": "", "concept/a.con": ""])
                == "concept/a.con: a second .con file beside a.con; keep one")
    }

    @Test func writesTheFilesAsTheyWere() throws {
        let options = ReadOptions(format: .i2b2Concepts2010)
        let path = SharedData.fixture("i2b2/2010-concepts")
        let documents = try CorpusReader.read(path, name: "f", options: options).corpus.documents
        try withTemporaryFolder { folder in
            var writing = WriteOptions()
            writing.subfolders = true
            try CorpusWriter.write(documents, to: folder, format: .i2b2Concepts2010, options: writing)
            for name in ["txt/record-901.txt", "concept/record-901.con", "ast/record-901.ast", "rel/record-901.rel"] {
                let written = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
                #expect(try written == String(contentsOfFile: "\(path)/\(name)", encoding: .utf8))
            }
            #expect(try contents(of: folder).count == 4)
        }
        try expectFolderRoundTrips(documents, .i2b2Concepts2010)
    }

    @Test func readsBackWhatItReadWithFaults() throws {
        let concepts = """
            c="pain" 1:4 1:4||t="problem"
            c="nothing" 9:4 9:4||t="problem"
            c="flu" 2:3 2:3||t="problem"
            c="flu" 2:3 2:3||t="problem"
            c="asthma" 3:1 3:1||t="a "kind""
            """
        let assertions = "c=\"flu\" 2:3 2:3||t=\"problem\"||a=\"absent\"\nc=\"and\" 3:0 3:0||t=\"x\"||a=\"present\""
        for mode in [ReadMode.warn, .repair] {
            let files = note(concepts, assertions, "c=\"flu\" 2:3 2:3||r=\"PIP\"||c=\"asthma\" 3:1 3:1")
            let documents = try readFolder(files, ReadOptions(mode: mode)).corpus.documents
            #expect(documents[0].entities.count == (mode == .warn ? 5 : 4))
            #expect(documents[0].relations.count == 1)
            try expectFolderRoundTrips(documents, .i2b2Concepts2010)
        }
    }

    @Test func countsWhatTheFormatCannotHold() throws {
        let text = "no chest pain, fever"
        var pain = try entity("T1", "problem", "chest", "pain", in: text)
        pain.attributes = ["assertion": "absent", "note": "x"]
        pain.codes = ["UMLS:C1"]
        pain.provenance = .silver(probability: 0.5)
        let blank = Entity(id: "T2", type: "problem", spans: [TextSpan(start: 2, end: 3)])
        let fever = try entity("T3", "problem", "fever", in: text)
        let document = Document(
            id: "a", text: text, metadata: ["file": "a.ann", "patient": "7"], entities: [pain, blank, fever],
            relations: [
                Relation(
                    id: "R1", type: "PIP",
                    arguments: [.init(role: "x", entityID: "T3"), .init(role: "y", entityID: "T1")],
                    attributes: ["z": "1"]),
                Relation(id: "R2", type: "PIP", arguments: [.init(role: "x", entityID: "T3")]),
                Relation(
                    id: "R3", type: "PIP",
                    arguments: [.init(role: "x", entityID: "T3"), .init(role: "y", entityID: "T2")]),
            ], labels: [DocumentLabel(name: "SMOKING")], uninterpreted: ["#1\tx T1\ty"])
        try withTemporaryFolder { folder in
            let lost = try CorpusWriter.write([document], to: folder, format: .i2b2Concepts2010)
            #expect(
                lost == [
                    .gap: 1, .boundary: 1, .entity: 1, .relation: 2, .attribute: 2, .code: 1, .provenance: 1,
                    .metadata: 1, .label: 1, .line: 1,
                ])
            #expect(
                try contents(of: folder) == [
                    "a.txt": text,
                    "a.con": "c=\"chest pain,\" 1:1 1:2||t=\"problem\"\nc=\"fever\" 1:3 1:3||t=\"problem\"\n",
                    "a.ast": "c=\"chest pain,\" 1:1 1:2||t=\"problem\"||a=\"absent\"\n",
                    "a.rel": "c=\"fever\" 1:3 1:3||r=\"PIP\"||c=\"chest pain,\" 1:1 1:2\n",
                ])
        }
    }

    @Test func refusesATypeThatCannotBeQuoted() throws {
        for type in ["a\nb", "a\"||b"] {
            let document = Document(id: "a", text: "x", entities: [try entity("T1", type, "x", in: "x")])
            let error = #expect(throws: CorpusError.self) { try roundTrip([document], .i2b2Concepts2010) }
            #expect(
                error?.description
                    == "document a: i2b2-2010 cannot hold the name \(type): it has no line break and no quotation mark "
                    + "before two bars; map it to another name")
        }
    }
}
