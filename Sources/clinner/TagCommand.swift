import ArgumentParser
import CorpusIO
import Workflows

/// `clinner tag`.
struct TagCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Find the entities of notes with a trained tagger.",
        discussion: """
            With a configuration: tags the dev and test notes of the run and writes predictions/ into its folder.
              clinner tag corpora/quickstart.yml

            With a tagger: tags any notes and writes them in the format they came in, or in another. Notes are read, tagged \
            and written a few at a time, in their order. With cues of the run's label.contextCues entities get i2b2's assertion \
            and temporality, with lexicons codes.
              clinner tag --model runs/quickstart/tagger/model-best --input notes/ --output tagged/

            --input - answers JSON Lines as they come, each with a line on standard output; only id and text are required.
              clinner tag --model runs/quickstart/tagger/model-best --input - --output - < notes.jsonl
            """)

    @Argument(help: "The configuration of a run.", completion: .file(extensions: ["yml", "yaml"]))
    var configuration: String?

    @Option(help: "A tagger's folder.", completion: .directory)
    var model: String?

    @Option(help: "A file or folder of notes, or - for JSON Lines from standard input.", completion: .file())
    var input: String?

    @Option(
        help:
            "Where to write the tagged notes: a folder, a file for JSON Lines, or - for JSON Lines to standard output.",
        completion: .file())
    var output: String?

    @Option(help: "The input's format: \(NoteFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format = NoteFormat.auto

    @Option(help: "The output's format; by default the input's, or jsonl for plain text and tables.")
    var outputFormat: CorpusFormat?

    @Option(help: "Threads to compute on; 0 takes every core.")
    var threads = 0

    @Option(help: "What the network is computed on: cpu, cuda, or cuda:N for the GPU N; with --model.")
    var device: String?

    @OptionGroup var shared: SharedOptions

    @Flag(help: "Continue where an earlier call with the same configuration stopped.")
    var resume = false

    func validate() throws {
        if let model, let input, let output {
            guard configuration == nil else {
                throw ValidationError("give either a configuration or --model, --input and --output")
            }
            _ = (model, input, output)
            guard input != "-" || output == "-" else {
                throw ValidationError("--input - writes to standard output: give --output - as well")
            }
        } else if configuration == nil {
            throw ValidationError("give a configuration, or all of --model, --input and --output")
        } else if model != nil || input != nil || output != nil {
            throw ValidationError("with a configuration, --model, --input and --output cannot be given")
        } else if device != nil {
            throw ValidationError("with a configuration, its key `device` says what is computed on")
        }
    }

    func run() throws {
        if let configuration {
            try TagWorkflow(run: shared.open(configuration: configuration, resume: resume)).perform()
        } else if let model, let input, let output {
            let job = TagJob(
                model: model, input: input, format: format, output: output, outputFormat: outputFormat,
                threads: threads, device: device ?? "cpu", quiet: shared.quiet)
            try job.perform()
        }
    }
}

extension NoteFormat: ExpressibleByArgument {}
extension CorpusFormat: ExpressibleByArgument {}
