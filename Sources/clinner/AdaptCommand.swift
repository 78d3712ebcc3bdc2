import ArgumentParser
import Workflows

/// `clinner adapt`.
struct AdaptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapt",
        abstract: "The whole path: label, pretrain, train, tag, evaluate, report.",
        discussion: """
            Example: clinner adapt corpora/quickstart.yml
            """)

    @OptionGroup var options: RunOptions

    func run() throws { try AdaptWorkflow(run: options.open()).perform() }
}
