import ArgumentParser
import Workflows

/// `clinner tune`.
struct TuneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune",
        abstract: "Search for better settings: a bounded, seeded random search, scored on dev.",
        discussion: """
            The section `tune` of the configuration says which settings are drawn and from what:

              tune:
                trials: 20
                space:
                  train.dropout: [0.1, 0.2, 0.3]
                  train.stages.0.learningRate: { from: 5e-5, to: 5e-4, log: true }

            The first trial is the run as configured. Each is a process of its own in comparisons/ of the run's folder; \
            --resume goes on where a search stopped, also with more trials. Test notes are not looked at.

            Example: clinner tune hospital.yml
            """)

    @OptionGroup var options: RunOptions

    func run() throws { try TuneWorkflow(run: options.open()).perform() }
}
