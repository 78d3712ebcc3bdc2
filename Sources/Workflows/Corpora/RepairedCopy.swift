import ClinicalText
import CorpusAnalysis
import CorpusIO
import Essentials

/// A copy of a corpus in its own format in which what can be put right is.
struct RepairedCopy {
    /// What became of the corpus.
    struct Counts: Encodable {
        var documents = 0
        var entities = 0
        var repaired: [String: Int] = [:]
        var leftOut: [CorpusPart: Int] = [:]
        var lost: [CorpusPart: Int] = [:]

        /// The counts as a line.
        func line(_ destination: String) -> String {
            "fix: \(Amounts.text(documents, "document")) with \(Amounts.text(entities, "entity", "entities")) "
                + "in \(destination); put right: \(repaired.isEmpty ? "nothing" : Amounts.text(of: repaired)); "
                + "left out: \(leftOut.isEmpty ? "nothing" : Amounts.text(of: leftOut))"
                + (lost.isEmpty ? "" : "; lost in writing: \(Amounts.text(of: lost))")
        }

        private enum CodingKeys: String, CodingKey { case documents, entities, repaired, leftOut, lost }

        /// Writes the counts, parts by their names.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(documents, forKey: .documents)
            try container.encode(entities, forKey: .entities)
            try container.encode(repaired, forKey: .repaired)
            try container.encode(Amounts.named(leftOut), forKey: .leftOut)
            try container.encode(Amounts.named(lost), forKey: .lost)
        }
    }

    private let corpus: CorpusStream
    private let destination: String
    private let threads: Int

    /// Prepares a copy at `destination`.
    ///
    /// - Throws: ``CorpusError/notWritable(format:)``, ``WorkflowError/outputIsInput(path:)``.
    init(of path: String, at destination: String, reading: ReadOptions, threads: Int) throws {
        var reading = reading
        reading.mode = .repair
        corpus = try CorpusStream(path, options: reading)
        try OutputPath.refuse(destination, over: path, isFolder: CorpusWriter.writesFolder(corpus.format))
        self.destination = destination
        self.threads = threads
    }

    /// Reads, repairs and writes.
    func write() throws -> Counts {
        var counts = Counts()
        var removed: [CorpusPart: Int] = [:]
        var read: ReadSummary?
        let lost = try CorpusWriter.write(to: destination, format: corpus.format) { write in
            read = try corpus.read(threads: threads, keepsFaults: false) { group in
                try Interruption.check()
                for fault in group.faults where fault.isRepaired {
                    counts.repaired[fault.kind.rawValue, default: 0] += 1
                }
                for document in group.documents {
                    let result = DocumentRepair.repaired(document)
                    for (kind, count) in result.repaired { counts.repaired[kind.rawValue, default: 0] += count }
                    removed.merge(result.removed, uniquingKeysWith: +)
                    counts.documents += 1
                    counts.entities += result.document.entities.count
                    try write(result.document)
                }
            }
        }
        counts.lost = lost
        counts.leftOut = removed.merging(read?.leftOut ?? [:], uniquingKeysWith: +)
        return counts
    }
}
