import ClinicalText
import CorpusAnalysis
import CorpusIO
import Essentials
import Foundation

/// Divides a corpus into train, dev and test: a table of documents and sets, or folders of files.
public struct SplitJob {
    /// How a corpus is divided.
    public struct Options {
        /// The sets and their shares.
        public var shares: SplitShares
        /// How the patient of a note is known; nothing to divide by document.
        public var patients: PatientRule?
        /// The seed.
        public var seed: UInt64
        /// The format of the folders; nothing for that of the input.
        public var format: CorpusFormat?

        /// Makes options.
        public init(shares: SplitShares, patients: PatientRule?, seed: UInt64, format: CorpusFormat? = nil) {
            self.shares = shares
            self.patients = patients
            self.seed = seed
            self.format = format
        }
    }

    private let input: String
    private let destination: String
    private let options: Options
    private let reading: ReadOptions
    private let output: JobOutput

    /// A job that divides `input`; a destination that ends in `.tsv` becomes a table, any other a folder.
    public init(input: String, destination: String, options: Options, reading: ReadOptions, output: JobOutput) {
        self.input = input
        self.destination = destination
        self.options = options
        self.reading = reading
        self.output = output
    }

    /// Reads, divides, writes the sets and the manifest, prints the counts.
    ///
    /// - Throws: ``WorkflowError/leftOut(parts:)`` at the end if something could not be read and is in no set.
    public func perform() throws {
        let corpus = try CorpusStream(input, options: reading)
        let format = options.format ?? corpus.format
        if !isTable { _ = try CorpusWriter.writesFolder(format) }
        try OutputPath.refuse(destination, over: input, isFolder: !isTable)
        let digest = try Self.digest(of: input)
        let (items, read) = try items(of: corpus)
        let plan = try SplitPlan(items, shares: options.shares, patients: options.patients, seed: options.seed)
        var lost: [CorpusPart: Int] = [:]
        if isTable {
            try writeTable(of: items, plan: plan, to: destination)
        } else {
            try AtomicFile.makeFolder(destination)
            for part in plan.parts {
                lost.merge(try write(part.name, of: corpus, plan: plan, format: format), uniquingKeysWith: +)
            }
            if items.allSatisfy({ Self.fitsTable($0.id) }) {
                try writeTable(of: items, plan: plan, to: "\(destination)/split.tsv")
            }
        }
        let manifest = SplitManifest(
            input: input, inputSHA256: digest, format: corpus.format.rawValue, seed: options.seed,
            patients: options.patients.map(SplitManifest.description), shares: options.shares, sets: plan.parts)
        try JSONFile.write(manifest, to: manifestPath)
        try summarize(manifest, read: read, lost: lost)
    }

    private var isTable: Bool { destination.lowercased().hasSuffix(".tsv") }

    private var manifestPath: String {
        isTable ? "\(destination.dropLast(4)).manifest.json" : "\(destination)/manifest.json"
    }

    private static func digest(of path: String) throws -> String {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        return try isFolder.boolValue ? Digest.sha256(folderAt: path) : Digest.sha256(fileAt: path)
    }

    private func items(of corpus: CorpusStream) throws -> ([SplitItem], ReadSummary) {
        let progress = output.progress("split")
        let key = options.patients?.metadataKey
        let isRepairing = reading.mode == .repair
        var items: [SplitItem] = []
        let read = try corpus.map(
            threads: output.threads,
            transform: { read in read.documents.map { SplitItem($0, patientKey: key) } },
            body: { group, read in
                try Interruption.check()
                for (index, item) in group.enumerated() {
                    var item = item
                    if let newID = read.repeats[index] {
                        guard isRepairing else { continue }
                        item.id = newID
                    }
                    items.append(item)
                }
                progress.advance(by: group.count)
            })
        progress.finish()
        return (items, read)
    }

    /// The table that `splitFile` in a configuration names.
    private func writeTable(of items: [SplitItem], plan: SplitPlan, to path: String) throws {
        if let odd = items.first(where: { !Self.fitsTable($0.id) }) { throw SplitError.idNotInTable(document: odd.id) }
        try AtomicFile.write(to: path) { writer in
            try writer.write("doc\tsplit\n")
            for item in items { try writer.write("\(item.id)\t\(plan.sets[item.id] ?? "")\n") }
        }
    }

    private static func fitsTable(_ id: String) -> Bool {
        !id.unicodeScalars.contains { $0 == "\t" || $0.properties.generalCategory == .lineSeparator || $0.value < 0x20 }
    }

    /// Writes one set in a reading of its own: a writer takes all documents of a corpus in one go.
    private func write(
        _ set: String, of corpus: CorpusStream, plan: SplitPlan, format: CorpusFormat
    ) throws -> [CorpusPart: Int] {
        let isFolder = try CorpusWriter.writesFolder(format)
        let path = "\(destination)/\(set)" + (isFolder ? "" : ".\(CorpusWriter.ending(format))")
        return try CorpusWriter.write(to: path, format: format) { write in
            try corpus.read(threads: output.threads, keepsFaults: false) { group in
                try Interruption.check()
                for document in group.documents where plan.sets[document.id] == set { try write(document) }
            }
        }
    }

    private func summarize(_ manifest: SplitManifest, read: ReadSummary, lost: [CorpusPart: Int]) throws {
        if output.json {
            try output.printJSON(manifest)
        } else {
            for line in SplitTable.lines(of: manifest) { output.print(line) }
            if !lost.isEmpty { output.print("lost in writing: \(Amounts.text(of: lost))") }
            output.print("split: \(Amounts.text(read.documents, "document")) in \(destination), \(manifestPath)")
        }
        if !read.leftOut.isEmpty { throw WorkflowError.leftOut(parts: Amounts.text(of: read.leftOut)) }
    }
}
