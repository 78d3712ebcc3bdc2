import ArgumentParser
import Workflows

/// `clinner ablate`.
struct AblateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ablate",
        abstract: "See what each part of a run is worth: make it again without them, over several seeds.",
        discussion: """
            Without a section `ablate` in the configuration every part that the run has is left out or changed in turn: CRF, \
            BiLSTM, BERT, characters, lexicon features, adaptation, silver labels, gold sentences. Each run is a process of \
            its own in comparisons/ of the run's folder; ablation/index.html shows scores with intervals, time, size, \
            latency and memory.

            Example: clinner ablate corpora/quickstart.yml --set ablate.seeds=3
            """)

    @OptionGroup var options: RunOptions

    func run() throws { try AblateWorkflow(run: options.open()).perform() }
}
