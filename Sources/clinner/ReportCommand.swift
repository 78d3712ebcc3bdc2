import ArgumentParser
import Workflows

/// `clinner report`.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the error report of a run as one HTML file.",
        discussion: """
            Writes report/index.html into the run folder.
            """)

    @OptionGroup var options: RunOptions

    func run() throws { try ReportWorkflow(run: options.open()).perform() }
}
