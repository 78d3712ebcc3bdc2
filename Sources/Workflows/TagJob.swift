import ClinicalText
import CorpusIO
import Essentials
import Foundation
import Models
import Torch

/// Tags any notes with a tagger's folder and writes them in the format they came in, or in another.
public struct TagJob {
    /// The section headers' name in a tagger's folder: sentences, and with them windows, depend on them.
    static let sectionHeadersFile = "section-headers.tsv"
    /// The name of the file there that says where words are parted.
    static let wordsFile = "words.json"

    private let model: String
    private let input: String
    private let format: NoteFormat
    private let output: String
    private let outputFormat: CorpusFormat?
    private let threads: Int
    private let device: String
    private let quiet: Bool

    /// A job; without an output format it is the input's, or JSON Lines where clinner does not write that.
    ///
    /// - Parameter device: what the network is computed on: `cpu`, `cuda` or `cuda:N`.
    public init(
        model: String, input: String, format: NoteFormat, output: String, outputFormat: CorpusFormat?, threads: Int,
        device: String = "cpu", quiet: Bool
    ) {
        self.model = model
        self.input = input
        self.format = format
        self.output = output
        self.outputFormat = outputFormat
        self.threads = threads
        self.device = device
        self.quiet = quiet
    }

    /// Reads, tags and writes a few notes at a time, in their order.
    ///
    /// - Throws: `DeviceError`, and what reading the tagger and the notes, and writing, throws.
    public func perform() throws {
        try Device.use(device)
        setThreads(threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount)
        let tagging = try NoteTagging(folder: model)
        if input == Self.standardStream {
            return try tagging.tagLines(of: .standardInput, to: .standardOutput)
        }
        var options = ReadOptions()
        options.format = format.format
        let stream = try CorpusStream(input, options: options)
        // How many there are is only known at the end.
        let display = Progress("tag", total: 0, unit: "notes", quiet: quiet)
        var (notes, entities, pending): (Int, Int, [Document]) = (0, 0, [])
        var faults = 0
        func feed(_ write: (Document) throws -> Void) throws {
            func run() throws {
                for document in try tagging.tag(pending) {
                    entities += document.entities.count
                    try write(document)
                }
                notes += pending.count
                display.advance(by: pending.count)
                pending = []
            }
            try stream.read(keepsFaults: false) { read in
                faults += read.faults.count
                pending += read.documents
                if pending.count >= taggedTogether { try run() }
            }
            if !pending.isEmpty { try run() }
        }
        let written = outputFormat ?? Self.written(stream.format)
        if output == Self.standardStream {
            try feed { FileHandle.standardOutput.write(Data(($0.jsonLine + "\n").utf8)) }
        } else {
            try CorpusWriter.write(to: output, format: written, feed: feed)
        }
        display.finish()
        if !quiet {
            let message =
                "tag: \(entities) entities in \(notes) notes"
                + (faults > 0 ? "; \(faults) faults, see clinner check" : "")
            FileHandle.standardError.write(Data("\(message)\n".utf8))
        }
    }

    /// What stands for standard input and standard output.
    private static let standardStream = "-"

    private static func written(_ format: CorpusFormat) -> CorpusFormat {
        CorpusWriter.formats.contains(format) ? format : .jsonl
    }
}
