import ArgumentParser
import Workflows

/// `clinner label`.
struct LabelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Label the unlabeled notes weakly and write the silver corpus.",
        discussion: """
            Writes silver/silver.jsonl and silver/labeling.json into the run folder, and silver/tokens.jsonl if
            label.writesTokens is on. With --report also silver/report/index.html: what each labeling function did and, where
            the train notes have gold entities, how right it was and what the silver labels lose without it.
            """)

    @OptionGroup var options: RunOptions

    @Flag(help: "Write the labeling report as one HTML file.")
    var report = false

    func run() throws { try LabelWorkflow(run: options.open(), writesReport: report).perform() }
}
