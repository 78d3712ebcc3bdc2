import ArgumentParser
import Workflows

/// `clinner evaluate`.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Score predictions against gold: strict precision, recall and F1, or as a shared task did.",
        discussion: """
            With a configuration: scores the predictions of the run and writes evaluation.json into its folder.
              clinner evaluate corpora/quickstart.yml

            With two sets of notes in any format:
              clinner evaluate --gold gold/ --predicted tagged/

            By the rules of a shared task's scorer, with its figures to the last digit it prints:
              clinner evaluate --scorer i2b2-2014 --gold gold/ --predicted tagged/
            """)

    @Argument(help: "The configuration of a run.", completion: .file(extensions: ["yml", "yaml"]))
    var configuration: String?

    @Option(help: "A file or folder of annotated notes.", completion: .file())
    var gold: String?

    @Option(help: "A file or folder of predictions for the same notes.", completion: .file())
    var predicted: String?

    @Option(help: "The format of both: \(NoteFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format = NoteFormat.auto

    @Option(help: "An entity type to score; may be repeated. All types of the gold notes by default.")
    var type: [String] = []

    @Option(help: "The scorer of a shared task: \(ScorerJob.scorers.joined(separator: ", ")).")
    var scorer: String?

    @Option(help: "A variant of the scorer; n2c2-2018-track2 has all-types (as the script) and nine-types.")
    var scorerVariant: String?

    @Option(
        help: "For meddocan's leak score: a folder with a file ID.ann a note, a line a sentence.",
        completion: .directory)
    var sentences: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var shared: SharedOptions

    @Flag(help: "Continue where an earlier call with the same configuration stopped.")
    var resume = false

    func validate() throws {
        guard (configuration == nil) == (gold != nil && predicted != nil) else {
            throw ValidationError("give either a configuration, or --gold and --predicted")
        }
        if scorer == nil {
            guard scorerVariant == nil, sentences == nil else {
                throw ValidationError("--scorer-variant and --sentences need --scorer")
            }
        } else {
            guard configuration == nil, type.isEmpty else {
                throw ValidationError("a scorer decides itself what it scores: give --gold and --predicted alone")
            }
        }
    }

    func run() throws {
        if let configuration {
            try EvaluateWorkflow(run: shared.open(configuration: configuration, resume: resume)).perform()
        } else if let gold, let predicted, let scorer {
            try ScorerJob(
                scorer: scorer, variant: scorerVariant, gold: gold, predicted: predicted, format: format,
                sentences: sentences, json: json
            ).perform()
        } else if let gold, let predicted {
            let job = EvaluateJob(gold: gold, predicted: predicted, format: format, types: type, json: json)
            try job.perform()
        }
    }
}
