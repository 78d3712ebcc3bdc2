import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

@Suite struct CorpusReaderTests {
    /// Makes a folder of files and reads it.
    private func readFolder(_ files: [String: String], _ options: ReadOptions = ReadOptions()) throws -> ReadResult {
        try withTemporaryFolder { folder in
            for (name, content) in files {
                try content.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            }
            return try CorpusReader.read(folder, name: "notes", options: options)
        }
    }

    @Test func readsAFolderOfTextInTheOrderOfTheNames() throws {
        let result = try readFolder(["b.txt": "two\r\n", "a.txt": "\u{FEFF}one", ".c.txt": "no", "README.md": "no"])
        #expect(result.corpus.name == "notes")
        #expect(result.corpus.documents.map(\.id) == ["a", "b"])
        #expect(result.corpus.documents.map(\.text) == ["one", "two\r\n"])
        #expect(result.corpus.documents.map { $0.metadata["file"] } == ["a.txt", "b.txt"])
    }

    @Test(arguments: [
        ("note", "took aspirin", "note"), ("note.v2", "took aspirin", "note.v2"),
        ("note", "<r><TEXT>took aspirin</TEXT></r>", "note"),
        ("note", "\n{\"id\":\"x\",\"text\":\"took aspirin\"}", "x"),
    ])
    func tellsTheFormatOfAFileWithoutAKnownNameFromItsFirstBytes(_ name: String, _ content: String, _ id: String) throws
    {
        let documents = try read(name, content).corpus.documents
        #expect(documents.map(\.text) == ["took aspirin"])
        #expect(documents.map(\.id) == [id])
    }

    @Test func saysWhenItCannotTellTheFormat() throws {
        #expect(
            try message("note", "")
                == "note: cannot tell the format; set format to one of "
                + CorpusFormat.allCases.map(\.rawValue).joined(separator: ", "))
        let error = #expect(throws: CorpusError.self) { try readFolder(["a.xml": "", "b.jsonl": ""]) }
        #expect(
            try #require(error).description.hasSuffix(
                ": holds files of several formats; set format to one of i2b2, jsonl"))
        #expect(error?.exitCode == .missingInput)
    }

    @Test func saysWhatIsMissing() throws {
        let missing = #expect(throws: FileError.self) { try CorpusReader.read("no/such", name: "test") }
        #expect(missing?.description == "no/such: no such file or folder; check the path of the corpus")
        let empty = #expect(throws: FileError.self) { try readFolder(["README.md": ""]) }
        #expect(
            try #require(empty).description.hasSuffix(
                ": the folder holds no notes in a format that clinner reads"))
        let none = #expect(throws: FileError.self) { try readFolder(["a.txt": ""], ReadOptions(format: .i2b2)) }
        #expect(try #require(none).description.hasSuffix(": the folder holds no i2b2 XML files (.xml)"))
        #expect(none?.exitCode == .missingInput)
    }

    @Test func refusesTwoDocumentsOfOneID() throws {
        try withTemporaryFolder { folder in
            try "a".write(toFile: "\(folder)/n.txt", atomically: true, encoding: .utf8)
            try run("gzip", "-k", "\(folder)/n.txt")
            let error = #expect(throws: CorpusError.self) { try CorpusReader.read(folder, name: "test") }
            #expect(
                error?.description
                    == "n.txt.gz: the document id n is already used in n.txt; ids must be unique within a corpus")
            #expect(error?.exitCode == .badData)
        }
    }

    @Test func refusesTextThatIsNotUTF8() throws {
        for (bytes, offset) in [
            ([0x61, 0xFF], 1), ([0xEF, 0xBB, 0xBF, 0x61, 0xC3], 4), ([0xF0, 0x9F, 0x98, 0xB7, 0xED, 0xA0, 0x80], 4),
            ([0xC3, 0xA9, 0xC0, 0x80], 2),
        ] as [([UInt8], Int)] {
            #expect(
                try message("a.txt", bytes)
                    == "a.txt: not UTF-8 at byte \(offset); name the encoding, one of utf-8, utf-16, utf-16le, utf-16be, "
                    + "latin-1, windows-1252")
        }
    }

    @Test func selectsAndMapsTypes() throws {
        let xml = """
            <r><TEXT>took aspirin daily for pain</TEXT><TAGS><Drug id="a" start="5" end="12"/>
            <Freq id="b" start="13" end="18"/><Sign id="c" start="23" end="27"/><Sign id="d" start="23" end="27"/></TAGS></r>
            """
        let selection = TypeSelection(types: ["Freq"], mapping: ["Drug": "Medication"])
        let result = try read("a.xml", xml, ReadOptions(types: selection))
        #expect(result.corpus.documents[0].entities.map(\.type) == ["Medication", "Freq"])
        #expect(result.leftOutTypes == ["Sign": 2])
        #expect(try read("a.xml", xml, ReadOptions(types: TypeSelection())).corpus.documents[0].entities.count == 4)
    }

    @Test func relationsGoWithTheEntitiesTheyLink() throws {
        let text = "a b c"
        let document = Document(
            id: "x", text: text,
            entities: [try entity("1", "A", "a", in: text), try entity("2", "B", "b", in: text)],
            relations: [
                Relation(id: "r", type: "R", arguments: [.init(role: "x", entityID: "1")]),
                Relation(id: "s", type: "R", arguments: [.init(role: "x", entityID: "2")]),
            ])
        let (selected, leftOut) = TypeSelection(types: ["A"]).applied(to: document)
        #expect(selected.relations.map(\.id) == ["r"])
        #expect(leftOut == ["B": 1, "R": 1])
    }
}
