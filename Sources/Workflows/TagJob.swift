import CorpusIO
import Essentials
import Foundation
import Models
import TextProcessing
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

    /// Reads, tags, writes.
    ///
    /// - Throws: `DeviceError`, and what reading, tagging and writing throw.
    public func perform() throws {
        try Device.use(device)
        setThreads(threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount)
        let tagger = try TaggerFolder.load(model)
        let headers = "\(model)/\(Self.sectionHeadersFile)"
        let words = "\(model)/\(Self.wordsFile)"
        let segmenter = DocumentSegmenter(
            sectionHeaders: FileManager.default.fileExists(atPath: headers)
                ? try SectionHeaders(contentsOf: headers) : .none,
            words: FileManager.default.fileExists(atPath: words)
                ? try JSONFile.read(WordSplitter.Configuration.self, from: words, madeBy: "train")
                : WordSplitter.Configuration())
        var options = ReadOptions()
        options.format = format.format
        let read = try CorpusReader.read(input, name: (input as NSString).lastPathComponent, options: options)
        let notes = read.corpus.documents.map { segmenter.segment($0) }
        let tagged = try tagger.tag(notes, title: "tag", quiet: quiet)
        try CorpusWriter.write(tagged, to: output, format: outputFormat ?? Self.written(read.format))
        if !quiet {
            let count = tagged.reduce(0) { $0 + $1.entities.count }
            FileHandle.standardError.write(Data("tag: \(count) entities in \(tagged.count) notes\n".utf8))
        }
    }

    private static func written(_ format: CorpusFormat) -> CorpusFormat {
        CorpusWriter.formats.contains(format) ? format : .jsonl
    }
}
