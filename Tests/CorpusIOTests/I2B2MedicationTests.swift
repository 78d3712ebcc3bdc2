import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

@Suite struct I2B2MedicationTests {
    private static let text = "Meds :\n Aspirin, 81 mg  daily for\nchest\tpain .\n"
    private static let rest = "||mo=\"nm\"||f=\"nm\"||du=\"nm\"||r=\"nm\""

    private func note(_ entries: String) -> [String: String] { ["7": Self.text, "7_gold.entries": entries] }

    private func readEntries(_ entries: String, _ mode: ReadMode = .standard) throws -> Document {
        try #require(try readFolder(note(entries), ReadOptions(mode: mode)).corpus.documents.first)
    }

    private func fixture() throws -> ReadResult {
        try CorpusReader.read(
            SharedData.fixture("i2b2/2009-medication"), name: "f", options: ReadOptions(format: .i2b2Medication2009))
    }

    @Test func findsTheFieldsOfTheFixture() throws {
        let result = try fixture()
        #expect(result.corpus.documents.map(\.id) == ["9001", "9002"])
        var found: [[String]] = []
        for document in result.corpus.documents {
            let entities = Dictionary(document.entities.map { ($0.id, $0) }) { first, _ in first }
            for (number, entry) in document.relations.enumerated() {
                for argument in entry.arguments {
                    let entity = try #require(entities[argument.entityID])
                    #expect(entity.type == argument.role)
                    found.append([
                        document.id, "\(number + 1)", argument.role, document.codePointSpans(of: entity),
                        document.escapedSurface(of: entity),
                    ])
                }
            }
        }
        let rows = try FixtureRow.read("2009-medication")
        #expect(found == rows.map { row in ["doc", "entry", "field", "spans", "text"].map { row[$0] } })
    }

    @Test func reportsTheSlipsOfTheFixture() throws {
        let folder = SharedData.fixture("i2b2/2009-medication/gold/")
        #expect(
            try fixture().faults.map { "\($0)".replacing(folder, with: "") } == [
                "9002_gold.entries:2: 3 bars between fields instead of two",
                "9002_gold.entries:3: the places of field do are not joined by commas",
                "9002_gold.entries: of 10 quoted texts 9 agree with the note, 1 but for punctuation at the ends",
            ])
    }

    @Test func keepsWhatHasNoPlaceAsAttributesOfTheEntry() throws {
        let entry = try fixture().corpus.documents[1].relations[0]
        #expect(entry.id == "R1")
        #expect(entry.type == "medication")
        #expect(
            entry.attributes == [
                "mo": "nm", "du": "nm", "r": "nm", "e": "start", "t": "present", "c": "factual", "ln": "list",
            ])
    }

    @Test func makesOneEntityOfAFieldThatSeveralEntriesShare() throws {
        let document = try fixture().corpus.documents[0]
        let medications = document.relations.compactMap { $0.arguments.first?.entityID }
        #expect(Set([8, 9, 11].map { medications[$0] }).count == 1)
        #expect(Set(medications).count == 10)
        #expect(Set(document.entities.map { "\($0.type) \($0.spans)" }).count == document.entities.count)
    }

    @Test(
        arguments: [
            ("m=\"aspirin,\" 2:0 2:0", "Aspirin,"), ("m=\"aspirin\" 2:0 2:0", "Aspirin,"),
            ("m=\"aspirin,\" 2:1 2:1", "Aspirin,"),
            ("m=\"81 mg ... chest pain\" 2:1 2:2,3:0 3:1", "81 mg ... chest\\tpain"),
            ("m=\"daily...pain\" 2:3 2:3, 3:1 3:1", "daily ... pain"), ("m=\"for chest\"\t2:4\t3:0", "for\\nchest"),
        ])
    func findsAField(_ field: String, _ surface: String) throws {
        let document = try readEntries("  \(field)||do=\"nm\"\(Self.rest)")
        #expect(document.entities.map(document.escapedSurface) == [surface])
        #expect(document.relations[0].arguments == [.init(role: "m", entityID: "E0")])
    }

    @Test func joinsFragmentsThatAreOutOfOrder() throws {
        let entries = "m=\"pain ... chest\" 3:1 3:1,3:0 3:0||do=\"nm\"\(Self.rest)\n"
        #expect(
            try faults(note(entries)) == [
                "7_gold.entries:1: offset 34: entity field m at 3:1 3:1,3:0 3:0 has fragments out of order; they are "
                    + "sorted; sort them"
            ])
    }

    @Test(
        arguments: [
            ("do=\"5 mg\" -1:-1 -1:-1", "do=\"5 mg\" -1:-1 -1:-1"), ("do=\"5 mg\"", "do=\"5 mg\" -1:-1 -1:-1"),
            ("do=\"nm\" -1:-1 -1:-1", "do=\"nm\""),
        ])
    func keepsTextWithoutAPlace(_ field: String, _ written: String) throws {
        let entries = "m=\"aspirin,\" 2:0 2:0||\(field)\(Self.rest)||ln=\"list\"\n"
        let document = try readEntries(entries)
        #expect(document.entities.count == 1)
        #expect(document.relations[0].attributes["do"] == (field.contains("nm") ? "nm" : "5 mg"))
        #expect(
            try faults(note(entries))
                == (field.contains("nm")
                    ? []
                    : [
                        "7_gold.entries:1: field do has a text but no place; it is kept as an attribute of the entry; "
                            + "give its place"
                    ]))
        try withTemporaryFolder { folder in
            try CorpusWriter.write([document], to: folder, format: .i2b2Medication2009)
            #expect(
                try contents(of: folder) == [
                    "7": Self.text, "7_gold.entries": entries.replacing(field, with: written),
                ])
        }
        try expectFolderRoundTrips([document], .i2b2Medication2009)
    }

    @Test(
        arguments: [
            (
                "do=\"81 mg\" 2:1 2:9",
                "field do is at 2:9, but line 2 of the note has 5 tokens; check that the annotations belong to this note "
                    + "and count tokens from 0"
            ),
            (
                "do=\"81 mg\" 79:0 79:1",
                "field do is at 79:0, but the note has 3 lines; check that the annotations belong to this note and count "
                    + "lines from 1"
            ),
            ("do=\"81 mg\" 2:2 2:1", "field do at 2:2 2:1 ends before it starts; correct its place"),
            ("do=\"81 mg\" 3:0 2:1", "field do at 3:0 2:1 ends before it starts; correct its place"),
            (
                "do=\"81 mg\" 2:-7 2:1",
                "field do is at 2:-7, but lines are counted from 1 and tokens from 0; correct its place"
            ),
        ])
    func refusesOrRepairsPlacesThatTheNoteLacks(_ field: String, _ problem: String) throws {
        let entries = "m=\"aspirin,\" 2:0 2:0||\(field)\(Self.rest)\n"
        for mode in [ReadMode.strict, .standard] {
            #expect(
                try message(ofFolder: note(entries), ReadOptions(mode: mode)) == "7_gold.entries:1: \(problem)")
        }
        let warned = try readFolder(note(entries), ReadOptions(mode: .warn))
        let left = warned.corpus.documents[0]
        #expect(warned.summary.leftOut == [.entity: 1])
        #expect(left.relations[0].arguments.map(\.role) == ["m"])
        #expect(left.relations[0].attributes["do"] == "81 mg")
        try expectFolderRoundTrips([left], .i2b2Medication2009)
        let repaired = try readEntries(entries, .repair)
        #expect(repaired.entities.map(repaired.surface) == ["Aspirin,", "81 mg"])
        try expectFolderRoundTrips([repaired], .i2b2Medication2009)
    }

    @Test(
        arguments: [
            ("do=\"5 mg\" 2:1 2:1", "the entry has no field m; write what medication it is about"),
            ("m=\"a\" 2:0 2:0||m=\"b\" 2:1 2:1", "a second field m in the entry; keep one"),
            ("m=\"a\" 2:0 2:0||e=\"x\"||e=\"y\"", "a second field e in the entry; keep one"),
            ("aspirin 2:0 2:0", "field 1 must read NAME=\"TEXT\" LINE:TOKEN LINE:TOKEN, or NAME=\"TEXT\""),
            ("m=\"aspirin 2:0 2:0", "field m has no closing quotation mark"),
            ("m=\"aspirin\" 2:0", "the place of field m must read LINE:TOKEN LINE:TOKEN"),
            (
                "m=\"aspirin\" 2:0 2:99999999999999999999",
                "the place of field m has a number that is too large for a line or token"
            ),
        ])
    func saysWhatIsWrongWithAnEntry(_ entry: String, _ problem: String) throws {
        let files = note("\n\(entry)\n")
        #expect(try message(ofFolder: files) == "7_gold.entries:2: \(problem)")
        let result = try readFolder(files, ReadOptions(mode: .warn))
        #expect(result.corpus.documents[0].relations.isEmpty)
        #expect(result.summary.leftOut == [.relation: 1])
    }

    @Test func takesMissingFieldsAsNotMentionedAndKeepsUnknownOnes() throws {
        let entries =
            "m=\"aspirin,\" 2:0 2:0||zz=\"pain\" 3:1 3:1||do=\"nm\"||mo=\"nm\"||f=\"nm\"||du=\"nm\"||yy=\"1\"\n"
        #expect(
            try faults(note(entries)) == [
                "7_gold.entries:1: the entry has no field r, which is taken as not mentioned; write r=\"nm\"",
                "7_gold.entries:1: field zz is none of the format's; it is kept as an entity",
                "7_gold.entries:1: field yy is none of the format's; it is kept as an attribute of the entry",
            ])
        let document = try readEntries(entries)
        #expect(document.entities.map(\.type) == ["m", "zz"])
        #expect(document.relations[0].attributes["yy"] == "1")
        try expectFolderRoundTrips([document], .i2b2Medication2009)
    }

    @Test(arguments: ["7_gold.entries", "7.m", "7.sys", "7-out", "7.i2b2.entries"])
    func tellsEntriesByTheirContent(_ name: String) throws {
        let files = [
            "7": Self.text, name: "m=\"aspirin,\" 2:0 2:0||do=\"nm\"\(Self.rest)\n", "README.md": "no note",
            "8": "unlabelled",
        ]
        // Of files without an ending the first one is looked at, and that is a note.
        let result = try readFolder(files, ReadOptions(format: name == "7-out" ? .i2b2Medication2009 : nil))
        #expect(result.format == .i2b2Medication2009)
        #expect(result.corpus.documents.map(\.id) == ["7", "8"])
        #expect(result.corpus.documents.map(\.entities.count) == [1, 0])
        try withFolder(files) { folder in
            for file in ["7", name] {
                let options = ReadOptions(format: .i2b2Medication2009)
                let documents = try CorpusReader.read("\(folder)/\(file)", name: "f", options: options).corpus.documents
                #expect(documents.map(\.id) == ["7"])
                #expect(documents.map(\.entities.count) == [1])
            }
        }
    }

    @Test func readsOneNoteOfTheFoldersNamedByEitherFile() throws {
        for (name, format) in [("text/9002", CorpusFormat.i2b2Medication2009), ("gold/9002_gold.entries", nil)] {
            let result = try CorpusReader.read(
                SharedData.fixture("i2b2/2009-medication/\(name)"), name: "f", options: ReadOptions(format: format))
            #expect(result.corpus.documents.map(\.id) == ["9002"])
            #expect(result.corpus.documents[0].relations.count == 3)
        }
    }

    @Test func refusesEntriesWithoutANoteOrTwice() throws {
        let entries = "m=\"nm\"||do=\"nm\"\(Self.rest)"
        #expect(
            try message(ofFolder: ["8": "", "7_gold.entries": entries])
                == "7_gold.entries: the text 7 is missing beside the annotations")
        #expect(
            try message(ofFolder: ["7": "", "7_gold.entries": entries, "7.sys": entries])
                == "7_gold.entries: a second file of entries for the note 7, beside 7.sys; keep one")
    }

    @Test func writesTheFilesAsTheyWere() throws {
        let documents = try fixture().corpus.documents
        let path = SharedData.fixture("i2b2/2009-medication")
        try withTemporaryFolder { folder in
            var options = WriteOptions()
            options.subfolders = true
            try CorpusWriter.write(documents, to: folder, format: .i2b2Medication2009, options: options)
            for name in ["text/9001", "text/9002", "gold/9001_gold.entries", "gold/9002_gold.entries"] {
                var expected = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
                // The slips are put right; the token's full stop belongs to its text.
                for (slip, right) in [("|||", "||"), ("3:2 3:2 3:4", "3:2 3:2,3:4"), ("\"pain\"", "\"pain.\"")] {
                    if name == "gold/9002_gold.entries" { expected = expected.replacing(slip, with: right) }
                }
                #expect(try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) == expected)
            }
        }
        try expectFolderRoundTrips(documents, .i2b2Medication2009)
    }

    @Test func countsTypesThatAreNotTheFields() throws {
        let text = "aspirin 81 mg"
        let document = Document(
            id: "a", text: text,
            entities: [try entity("T1", "Drug", "aspirin", in: text), try entity("T2", "do", "81 mg", in: text)],
            relations: [
                Relation(
                    id: "x", type: "medication",
                    arguments: [.init(role: "m", entityID: "T1"), .init(role: "do", entityID: "T2")])
            ])
        let cycle = try FormatCycle([document], .i2b2Medication2009)
        #expect(cycle.lost == [.type: 1])
        #expect(cycle.documents[0].entities.map(\.type) == ["m", "do"])
    }

    @Test func takesUsualEntriesToTheirNoteBesideOneThatIsNamedLikeThem() throws {
        try withTemporaryFolder { folder in
            let notes = ["b", "b_gold"].map { Document(id: $0, text: "aspirin") }
            try CorpusWriter.write(notes, to: folder, format: .i2b2Medication2009)
            let read = try CorpusReader.read(folder, name: "a", options: ReadOptions(format: .i2b2Medication2009))
            #expect(read.corpus.documents.map(\.id) == ["b", "b_gold"])
        }
    }

    @Test func writesMedicationsThatNoEntryHasAndCountsTheRest() throws {
        let text = "aspirin 81 mg daily"
        let document = Document(
            id: "a", text: text,
            entities: [
                try entity("T1", "m", "aspirin", in: text), try entity("T2", "do", "81 m", in: text),
                try entity("T3", "f", "daily", in: text),
            ],
            relations: [
                Relation(
                    id: "x", type: "medication",
                    arguments: [.init(role: "do", entityID: "T2"), .init(role: "do", entityID: "T2")]),
                Relation(id: "y", type: "medication", arguments: [.init(role: "do", entityID: "T2")]),
                Relation(id: "z", type: "other", arguments: []),
            ])
        try withTemporaryFolder { folder in
            let lost = try CorpusWriter.write([document], to: folder, format: .i2b2Medication2009)
            #expect(lost == [.relation: 2, .boundary: 1, .entity: 1])
            let entries = try contents(of: folder)["a_gold.entries"]
            #expect(
                entries == """
                    m="nm"||do="81 mg" 1:1 1:2||mo="nm"||f="nm"||du="nm"||r="nm"
                    m="aspirin" 1:0 1:0||do="nm"||mo="nm"||f="nm"||du="nm"||r="nm"

                    """)
        }
    }
}
