import ArgumentParser
import CorpusIO
import Workflows

/// `clinner convert`.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Write annotated notes in another format.",
        discussion: """
            What the target cannot hold and what could not be read is counted, never dropped in silence.
              clinner convert --to jsonl notes/ notes.jsonl
              clinner convert --from i2b2-2010 --to brat --map problem=Disease --types test i2b2/ brat/

            Exit code 65 if something could not be read; in mode strict nothing is written then.
            """)

    @Argument(help: "A file, folder or tar archive of notes.", completion: .file())
    var input: String

    @Argument(help: "Where to write: a folder or a file, as the format has it.", completion: .file())
    var output: String

    @Option(
        help: ArgumentHelp(
            "The format to write: \(CorpusWriter.formats.map(\.rawValue).joined(separator: ", ")).",
            valueName: "format"))
    var to: CorpusFormat

    @OptionGroup var corpus: CorpusOptions

    @Option(help: "One character for those that XML cannot hold (such as ?); without it they are refused.")
    var xmlReplacement: String?

    @Option(help: "For columns of tags: bio or bioes.")
    var tagging = WriteOptions.Tagging.bio

    @Flag(inversion: .prefixedNo, help: "For columns of tags: whether each token has its offsets.")
    var offsets = true

    @Option(help: "How many faults of a kind to list; 0 lists all.")
    var limit = 20

    func validate() throws {
        if let xmlReplacement, xmlReplacement.unicodeScalars.count != 1 {
            throw ValidationError("--xml-replacement takes one character")
        }
    }

    func run() throws {
        var writing = WriteOptions()
        writing.xmlReplacement = xmlReplacement?.unicodeScalars.first
        writing.tagging = tagging
        writing.columnOffsets = offsets
        try ConvertJob(
            input: input, destination: output, format: to, reading: corpus.reading, writing: writing,
            output: corpus.output, limit: limit
        ).perform()
    }
}

extension WriteOptions.Tagging: ExpressibleByArgument {}
