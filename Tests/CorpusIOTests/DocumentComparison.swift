import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

/// Expects that documents came back from files as they were, all but the names and lines of the files.
func expectNothingLost(
    _ documents: [Document], _ again: [Document], sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(again.map(\.id) == documents.map(\.id), sourceLocation: sourceLocation)
    for (left, right) in zip(documents, again) {
        let same =
            Array(left.text.utf8) == Array(right.text.utf8) && left.entities == right.entities
            && left.relations == right.relations && left.labels == right.labels
            && left.uninterpreted == right.uninterpreted && stable(left.metadata) == stable(right.metadata)
        if same { continue }
        // Field by field, so that a failure says which one.
        #expect(Array(left.text.utf8) == Array(right.text.utf8), sourceLocation: sourceLocation)
        #expect(left.entities == right.entities, sourceLocation: sourceLocation)
        #expect(left.relations == right.relations, sourceLocation: sourceLocation)
        #expect(left.labels == right.labels, sourceLocation: sourceLocation)
        #expect(left.uninterpreted == right.uninterpreted, sourceLocation: sourceLocation)
        #expect(stable(left.metadata) == stable(right.metadata), sourceLocation: sourceLocation)
    }
}

private func stable(_ metadata: [String: String]) -> [String: String] {
    metadata.filter { $0.key != "file" && $0.key != "line" }
}

/// Writes documents in a format and reads them back in it; nothing may be lost on the way, or so much as `lost` says.
func again(
    _ documents: [Document], _ format: CorpusFormat, _ options: WriteOptions = WriteOptions(),
    losing lost: [CorpusPart: Int] = [:], sourceLocation: SourceLocation = #_sourceLocation
) throws -> [Document] {
    try withTemporaryFolder { folder in
        let written = try CorpusWriter.write(documents, to: "\(folder)/all", format: format, options: options)
        #expect(written == lost, sourceLocation: sourceLocation)
        return try CorpusReader.read("\(folder)/all", name: "test", options: ReadOptions(format: format)).corpus
            .documents
    }
}

/// Expects that documents go through their own format, and through JSON Lines and their own format, unchanged.
func expectRoundTrips(
    _ documents: [Document], _ format: CorpusFormat, _ options: WriteOptions = WriteOptions(),
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    expectNothingLost(
        documents, try again(documents, format, options, sourceLocation: sourceLocation),
        sourceLocation: sourceLocation)
    let throughLines = try again(documents, .jsonl, sourceLocation: sourceLocation)
    expectNothingLost(documents, throughLines, sourceLocation: sourceLocation)
    expectNothingLost(
        documents, try again(throughLines, format, options, sourceLocation: sourceLocation),
        sourceLocation: sourceLocation)
}

/// The text of the file that some documents are written as.
func written(_ documents: [Document], _ format: CorpusFormat, _ options: WriteOptions = WriteOptions()) throws -> String
{
    try withTemporaryFolder { folder in
        try CorpusWriter.write(documents, to: "\(folder)/all", format: format, options: options)
        return try String(contentsOfFile: "\(folder)/all", encoding: .utf8)
    }
}

/// Expects that documents come back from a format of folders, with a folder for each kind of file and without, and
/// through JSON Lines.
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
            expectNothingLost(documents.sorted { $0.id < $1.id }, back, sourceLocation: sourceLocation)
        }
    }
}
