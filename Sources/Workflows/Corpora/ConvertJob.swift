import ClinicalText
import CorpusIO
import Essentials

/// Writes a corpus in another format, as a stream: memory does not grow with the corpus.
public struct ConvertJob {
    private struct Summary: Encodable {
        var documents: Int
        var entities: Int
        var faults: [String: Int]
        var from: String
        var leftOut: [String: Int]
        var leftOutTypes: [String: Int]
        var lost: [String: Int]
        var output: String
        var to: String
    }

    private let input: String
    private let destination: String
    private let format: CorpusFormat
    private let reading: ReadOptions
    private let writing: WriteOptions
    private let output: JobOutput
    private let limit: Int

    /// A job that reads `input` and writes it to `destination`; of a kind of faults at most `limit` are listed.
    public init(
        input: String, destination: String, format: CorpusFormat, reading: ReadOptions, writing: WriteOptions,
        output: JobOutput, limit: Int = 20
    ) {
        self.input = input
        self.destination = destination
        self.format = format
        self.reading = reading
        self.writing = writing
        self.output = output
        self.limit = limit
    }

    /// Reads, writes, lists faults and counts.
    ///
    /// - Throws: ``WorkflowError/leftOut(parts:)`` at the end if something could not be read; what was read is written.
    public func perform() throws {
        try OutputPath.refuse(destination, over: input, isFolder: CorpusWriter.writesFolder(format))
        let corpus = try CorpusStream(input, options: reading)
        let progress = output.progress("convert")
        var listing = FaultListing(output, limit: limit)
        var entities = 0
        var read: ReadSummary?
        let lost = try CorpusWriter.write(to: destination, format: format, options: writing) { write in
            read = try corpus.read(threads: output.threads, keepsFaults: false) { group in
                try Interruption.check()
                for fault in group.faults { try listing.add(fault) }
                for document in group.documents {
                    entities += document.entities.count
                    try write(document)
                }
                progress.advance(by: group.documents.count)
            }
        }
        guard let read else { return }
        progress.finish()
        for fault in read.faults { try listing.add(fault) }
        listing.finish()
        try summarize(read, entities: entities, lost: lost, faults: listing.named)
        if !read.leftOut.isEmpty { throw WorkflowError.leftOut(parts: Amounts.text(of: read.leftOut)) }
    }

    private func summarize(
        _ read: ReadSummary, entities: Int, lost: [CorpusPart: Int], faults: [String: Int]
    ) throws {
        guard !output.json else {
            return try output.printJSON([
                "summary": Summary(
                    documents: read.documents, entities: entities, faults: faults, from: read.format.rawValue,
                    leftOut: Amounts.named(read.leftOut), leftOutTypes: read.leftOutTypes, lost: Amounts.named(lost),
                    output: destination, to: format.rawValue)
            ])
        }
        var line =
            "convert: \(Amounts.text(read.documents, "document")) with \(Amounts.text(entities, "entity", "entities")) "
            + "from \(read.format.rawValue) to \(format.rawValue) in \(destination)"
        line += "; left out while reading: " + (read.leftOut.isEmpty ? "nothing" : Amounts.text(of: read.leftOut))
        if !read.leftOutTypes.isEmpty { line += "; not selected: \(Amounts.text(of: read.leftOutTypes))" }
        line += "; lost in \(format.rawValue): " + (lost.isEmpty ? "nothing" : Amounts.text(of: lost))
        output.print(line)
    }
}
