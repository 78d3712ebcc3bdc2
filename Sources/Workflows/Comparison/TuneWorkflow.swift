import Essentials
import Foundation

/// The command `tune`: a bounded, seeded random search over declared settings, scored on dev.
public struct TuneWorkflow {
    private let run: Run
    private let program: String

    /// The search of a run; `program` is the clinner whose runs are compared, this one by default.
    public init(run: Run, program: String? = nil) {
        self.run = run
        self.program = program ?? ChildRun.thisProgram
    }

    /// Writes `tuning/tuning.json` after each run and prints what was best and what mattered. Test notes are not looked at.
    ///
    /// - Throws: ``ConfigurationError`` where nothing is to be searched; ``ComparisonError``; `InterruptedError` when the user
    ///   asks to stop.
    public func perform() throws {
        let settings = run.experiment.tune
        guard !settings.space.isEmpty else {
            throw ConfigurationError.missingKey(
                file: run.file, key: "tune.space",
                reason: "the settings to draw, such as train.dropout: [0.1, 0.2, 0.3]")
        }
        try AtomicFile.makeFolder((run.folder.tuning as NSString).deletingLastPathComponent)
        let space = SearchSpace(settings.space, seed: run.experiment.seed)
        var summary =
            run.options.resume && FileManager.default.fileExists(atPath: run.folder.tuning)
            ? try JSONFile.read(TuningSummary.self, from: run.folder.tuning, madeBy: "tune") : TuningSummary()
        let display = Progress("tune", total: settings.trials, unit: "trials", quiet: run.options.quiet)
        for number in 0..<settings.trials {
            let overrides =
                number == 0
                ? [] : zip(space.dimensions, space.values(ofTrial: number)).map { "\($0.key)=\($1)" }
            if !summary.trials.contains(where: { $0.number == number && $0.overrides == overrides }) {
                summary.trials.removeAll { $0.number == number }
                let result = try child(number, overrides).perform()
                summary.trials.append(TuningSummary.Trial(number: number, overrides: overrides, result: result))
                summary.trials.sort { $0.number < $1.number }
                summary.importance = TuningSummary.importance(summary.trials, space: space)
                try JSONFile.write(summary, to: run.folder.tuning)
                let best = summary.best.map { percent($0.result.devF1) } ?? "–"
                run.say("tune: trial \(number), dev F1 \(percent(result.devF1)), best \(best)")
            }
            display.advance(by: 1)
        }
        display.finish()
        print(TuningTable.text(of: summary))
    }

    private func child(_ number: Int, _ overrides: [String]) -> ChildRun {
        ChildRun(
            of: run, name: name(of: number), overrides: overrides + ["corpus.test={}"],
            // The run as configured has adapted the same encoder already.
            adaptedBy: number == 0 ? nil : folder(of: 0), program: program)
    }

    private func name(of trial: Int) -> String { "trial-\(trial)" }

    private func folder(of trial: Int) -> RunFolder { RunFolder(path: "\(run.folder.comparisons)/\(name(of: trial))") }
}
