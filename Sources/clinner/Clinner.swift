import ArgumentParser
import Workflows

/// The command line: arguments in, one workflow called, exit code out.
struct Clinner: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clinner",
        abstract: "From raw clinical notes to a named-entity recognizer for them, and a report of where it fails.",
        discussion: """
            `clinner adapt CONFIG` does everything; each of its steps is a command of its own that works on the files \
            of the step before it, in the run folder that the configuration names.

            `convert`, `check`, `stats`, `split` and `agree` work on annotated notes in any format; `lexicon` compiles and \
            searches term lists.

            Exit codes: 0 done, 64 usage or configuration, 65 bad data, 66 missing input, 74 input or output failed, \
            130 interrupted (run again with --resume).
            """,
        version: clinnerVersion,
        subcommands: [
            AdaptCommand.self, LabelCommand.self, ExplainCommand.self, PretrainCommand.self, TrainCommand.self,
            TagCommand.self, AblateCommand.self, TuneCommand.self,
            EvaluateCommand.self, ReportCommand.self, ConvertCommand.self, CheckCommand.self, StatsCommand.self,
            SplitCommand.self, AgreeCommand.self, LexiconCommand.self,
        ])
}
