import Essentials
import Evaluation
import Foundation
import Reporting
import Torch

/// The command `ablate`: makes a run again with parts left out or changed, over several seeds, and shows what each part
/// is worth.
public struct AblateWorkflow {
    private let run: Run
    private let program: String

    /// The ablation of a run; `program` is the clinner whose runs are compared, this one by default.
    public init(run: Run, program: String? = nil) {
        self.run = run
        self.program = program ?? ChildRun.thisProgram
    }

    /// Writes `ablation/ablation.json` after each run, and `ablation/index.html` at the end.
    ///
    /// - Throws: ``ComparisonError``; `InterruptedError` when the user asks to stop.
    public func perform() throws {
        try run.requireDevice()
        try AtomicFile.makeFolder((run.folder.ablation as NSString).deletingLastPathComponent)
        let variants = AblationVariant.all(of: run.experiment)
        let seeds = (0..<UInt64(run.experiment.ablate.seeds)).map { run.experiment.seed &+ $0 }
        var summary =
            run.options.resume && FileManager.default.fileExists(atPath: run.folder.ablation)
            ? try JSONFile.read(AblationSummary.self, from: run.folder.ablation, madeBy: "ablate") : AblationSummary()
        let display = Progress("ablate", total: variants.count * seeds.count, unit: "runs", quiet: run.options.quiet)
        let wanted = seeds.flatMap { seed in variants.map { (variant: $0, seed: seed) } }
        let missing = wanted.filter { summary.cell(of: $0.variant, seed: $0.seed) == nil }
        display.resume(at: wanted.count - missing.count)
        for (variant, seed) in missing {
            run.say("ablate: \(variant.name), seed \(seed)")
            summary.cells.append(try cell(variant, seed: seed))
            try JSONFile.write(summary, to: run.folder.ablation)
            display.advance(by: 1)
        }
        display.finish()
        let report = AblationReportBuilder(run: run, variants: variants, summary: summary).report()
        try AtomicFile.write(AblationReportPage.render(report), to: run.folder.ablationReport)
        print(AblationTable.text(of: report))
        run.say("ablate: \(run.folder.ablationReport)")
    }

    private func cell(_ variant: AblationVariant, seed: UInt64) throws -> AblationSummary.Cell {
        let folder = folder(of: variant, seed: seed)
        let child = ChildRun(
            of: run, name: name(of: variant, seed: seed), overrides: variant.overrides + ["seed=\(seed)"],
            // The flagship of the same seed has adapted the same encoder already.
            adaptedBy: variant == .flagship ? nil : self.folder(of: .flagship, seed: seed), program: program)
        let result = try child.perform()
        setThreads(run.threads)
        try run.useDevice()
        productPrecision = .float32
        let tagger = try TaggerFolder.load(folder.bestTagger)
        let latency = try TaggingLatency(of: tagger, on: run.loader().documents(of: .dev, for: "ablate"))
        return AblationSummary.Cell(
            variant: variant.name, factor: variant.factor, overrides: variant.overrides, seed: seed, result: result,
            latency: latency)
    }

    private func name(of variant: AblationVariant, seed: UInt64) -> String { "\(variant.slug)-seed-\(seed)" }

    private func folder(of variant: AblationVariant, seed: UInt64) -> RunFolder {
        RunFolder(path: "\(run.folder.comparisons)/\(name(of: variant, seed: seed))")
    }
}
