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

    @Test func refusesTwoDocumentsOfOneIDAndKeepsTheFirst() throws {
        try withTemporaryFolder { folder in
            let documents = [Document(id: "a", text: "first"), Document(id: "a", text: "second")]
            #expect(throws: CorpusError.self) {
                try CorpusWriter.write(documents, to: "\(folder)/x", format: .brat)
            }
            let kept = try String(contentsOfFile: "\(folder)/x/a.txt", encoding: .utf8)
            #expect(kept == "first")
        }
    }

    @Test func refusesFormatsWithoutAnnotations() throws {
        let error = #expect(throws: CorpusError.self) { try roundTrip([], .table) }
        #expect(
            error?.description
                == "annotations cannot be written as table; use one of \(CorpusWriter.formats.map(\.rawValue).joined(separator: ", "))"
        )
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
