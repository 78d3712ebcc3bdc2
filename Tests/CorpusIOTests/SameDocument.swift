import ClinicalText
import CorpusIO
import TestSupport
import Testing

/// Expects two documents to be the same, but for the names of the files they were read from.
func expectSame(_ found: Document?, _ expected: Document, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let found = try #require(found, sourceLocation: sourceLocation)
    func properties(_ document: Document) -> [String: String] {
        document.metadata.filter { $0.key != "file" && $0.key != "line" }
    }
    #expect(found.id == expected.id, sourceLocation: sourceLocation)
    #expect(Array(found.text.utf8) == Array(expected.text.utf8), sourceLocation: sourceLocation)
    #expect(properties(found) == properties(expected), sourceLocation: sourceLocation)
    #expect(found.entities == expected.entities, sourceLocation: sourceLocation)
    #expect(found.relations == expected.relations, sourceLocation: sourceLocation)
    #expect(found.labels == expected.labels, sourceLocation: sourceLocation)
    #expect(found.uninterpreted == expected.uninterpreted, sourceLocation: sourceLocation)
}

/// Expects documents to come back the same from their format and from JSON Lines and then their format, with nothing
/// lost.
func expectFolderRoundTrips(
    _ documents: [Document], _ format: CorpusFormat, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let lines = try roundTrip(documents, .jsonl)
    // Each once is enough: every file that is written waits for the disk.
    for (source, subfolders) in [(documents, true), (lines, false)] {
        try withTemporaryFolder { folder in
            var options = WriteOptions()
            options.subfolders = subfolders
            let lost = try CorpusWriter.write(source, to: folder, format: format, options: options)
            #expect(lost.isEmpty, sourceLocation: sourceLocation)
            let back = try CorpusReader.read(folder, name: "test", options: ReadOptions(format: format)).corpus
                .documents
            #expect(back.count == documents.count, sourceLocation: sourceLocation)
            for (found, expected) in zip(back, documents.sorted { $0.id < $1.id }) {
                try expectSame(found, expected, sourceLocation: sourceLocation)
            }
        }
    }
}
