import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

/// What became of documents that were written in a format and read again.
struct FormatCycle {
    /// What was read again.
    let documents: [Document]
    /// The file's content, for formats of one file.
    let content: String
    /// What the format could not hold.
    let lost: [CorpusPart: Int]
    /// What was odd in what was read again.
    let faults: [CorpusFault]

    /// Writes documents and reads them.
    init(_ documents: [Document], _ format: CorpusFormat, _ options: ReadOptions = ReadOptions()) throws {
        var options = options
        options.format = format
        (self.documents, content, lost, faults) = try withTemporaryFolder { [options] folder in
            let isFolder = try CorpusWriter.writesFolder(format)
            let path = "\(folder)/all" + (isFolder ? "" : format == .labelStudio ? ".json" : ".jsonl")
            let lost = try CorpusWriter.write(documents, to: path, format: format)
            let content = isFolder ? "" : try String(contentsOfFile: path, encoding: .utf8)
            let result = try CorpusReader.read(path, name: "again", options: options)
            return (result.corpus.documents, content, lost, result.faults)
        }
    }

    /// Writes what was read from a file in its own format and in JSON Lines of ours, and expects it back each time.
    static func expectIdentity(
        _ documents: [Document], _ format: CorpusFormat, _ options: ReadOptions = ReadOptions(),
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let again = try FormatCycle(documents, format, options)
        #expect(again.lost.isEmpty, sourceLocation: sourceLocation)
        expectNothingLost(documents, again.documents, sourceLocation: sourceLocation)
        let throughLines = try FormatCycle(documents, .jsonl)
        expectNothingLost(documents, throughLines.documents, sourceLocation: sourceLocation)
        let both = try FormatCycle(throughLines.documents, format, options)
        expectNothingLost(documents, both.documents, sourceLocation: sourceLocation)
        #expect(both.content == again.content, sourceLocation: sourceLocation)
    }

    /// A note that has all that a document can hold.
    static func fullDocument() throws -> Document {
        let text = difficultText
        var fever = try entity("T1", "Finding", "Temp 38.2", in: text)
        fever.attributes = ["assertion": "present"]
        fever.codes = ["UMLS:C0015967"]
        var predicted = try entity("T2", "Finding", "isolation", in: text)
        predicted.provenance = .predicted(confidence: 0.5)
        let broken = try entity("T3", "State", "tat", "now", in: text)
        return Document(
            id: "note", text: text, metadata: ["patient": "7", "file": "x"], entities: [fever, predicted, broken],
            relations: [
                Relation(
                    id: "R1", type: "causes",
                    arguments: [.init(role: "Arg1", entityID: "T1"), .init(role: "Arg2", entityID: "T2")])
            ], labels: [DocumentLabel(name: "SMOKING", value: "NON-SMOKER")], uninterpreted: ["X9\tother"])
    }
}
