import ArgumentParser
import Workflows

/// `clinner train`.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Fine-tune a tagger on silver and gold labels.",
        discussion: """
            Writes tagger/model-best (best on dev) and tagger/model-last into the run folder.
            """)

    @OptionGroup var options: RunOptions

    func run() throws { try TrainWorkflow(run: options.open()).perform() }
}
