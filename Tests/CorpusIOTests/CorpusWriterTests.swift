import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

@Suite struct CorpusWriterTests {
    @Test(arguments: ["", "a/b", "..", ".hidden", "a\nb", String(repeating: "x", count: 201)])
    func refusesIDsThatAreNoFileNames(_ id: String) throws {
        for format in [CorpusFormat.i2b2, .brat] {
            #expect(throws: CorpusError.self) { try roundTrip([Document(id: id, text: "")], format) }
        }
    }

    @Test func refusesTwoDocumentsOfOneIDBeforeItWrites() throws {
        try withTemporaryFolder { folder in
            let document = Document(id: "a", text: "")
            #expect(throws: CorpusError.self) {
                try CorpusWriter.write([document, document], to: "\(folder)/x", format: .brat)
            }
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/x"))
        }
    }

    @Test func refusesFormatsWithoutAnnotations() throws {
        let error = #expect(throws: CorpusError.self) { try roundTrip([], .table) }
        #expect(error?.description == "annotations cannot be written as table; use i2b2, brat or jsonl")
        #expect(error?.exitCode == .usage)
    }

    @Test func keepsTheOldFileWhenADocumentCannotBeWritten() throws {
        try withTemporaryFolder { folder in
            try CorpusWriter.write([Document(id: "a", text: "old")], to: folder, format: .i2b2)
            #expect(throws: CorpusError.self) {
                try CorpusWriter.write([Document(id: "a", text: "\u{1}")], to: folder, format: .i2b2)
            }
            #expect(try CorpusReader.read(folder, name: "test").corpus.documents[0].text == "old")
        }
    }

    @Test func filesAreReadableByTheirOwnerOnly() throws {
        try withTemporaryFolder { folder in
            try CorpusWriter.write([Document(id: "a", text: "note")], to: "\(folder)/out", format: .brat)
            for path in ["out", "out/a.txt", "out/a.ann"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")
                let permissions = try #require(attributes[.posixPermissions] as? NSNumber)
                #expect(permissions.intValue & 0o077 == 0)
            }
        }
    }
}
