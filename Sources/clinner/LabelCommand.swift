import ArgumentParser
import Workflows

/// `clinner label`.
struct LabelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Label the unlabeled notes weakly and write the silver corpus.",
        discussion: """
            Writes silver/silver.jsonl and silver/labeling.json into the run folder.
            """)

    @OptionGroup var options: RunOptions

    func run() throws { try LabelWorkflow(run: options.open()).perform() }
}
