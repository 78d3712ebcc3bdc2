import ArgumentParser
import Workflows

/// `clinner pretrain`.
struct PretrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pretrain",
        abstract: "Adapt the encoder to the unlabeled notes by masked-LM training.",
        discussion: """
            Writes encoder/, a model folder in Hugging Face layout, into the run folder.
            """)

    @OptionGroup var options: RunOptions

    func run() throws { try PretrainWorkflow(run: options.open()).perform() }
}
