import Evaluation
import Foundation

/// The page of an ablation, laid out: the template only places what stands here.
struct AblationView {
    struct Row {
        let name: String
        let changes: String
        let dev: String
        let difference: String
        let test: String
        let train: String
        let pretrain: String
        let p50: String
        let p99: String
        let size: String
        let memory: String
        let rowClass: String
    }

    let style: String
    let pageTitle: String
    let runName: String
    let basis: String
    let flagship: String
    let verdicts: [String]
    let hasVerdicts: Bool
    /// At most one.
    let plots: [ForestPlot]
    let rows: [Row]
    let hasTest: Bool
    let caution: String

    init(_ report: AblationReport, style: String) {
        self.style = style
        pageTitle = report.title
        runName = report.runName
        let seeds = report.seeds.map(String.init).joined(separator: ", ")
        basis =
            "\(Figures.count(report.variants.count, "variant")), seed\(report.seeds.count == 1 ? "" : "s") \(seeds)"
        flagship = report.variants.first.map { Self.score($0.dev) } ?? "–"
        let others = report.variants.dropFirst()
        verdicts = others.compactMap(Self.verdict)
        hasVerdicts = !verdicts.isEmpty
        plots =
            ForestPlot(
                title: "Difference in dev F1 from the run as configured",
                rows: others.compactMap { variant in
                    variant.devDifference.map {
                        (name: variant.name, mean: 100 * $0.mean, margin: $0.margin.map { 100 * $0 })
                    }
                }
            ).map { [$0] } ?? []
        rows = report.variants.map { variant in
            Row(
                name: variant.name, changes: variant.overrides.joined(separator: " "), dev: Self.score(variant.dev),
                difference: variant.devDifference.map { Self.score($0, signed: true) } ?? "",
                test: variant.test.map { Self.score($0) } ?? "–", train: Figures.duration(variant.trainSeconds),
                pretrain: variant.pretrainSeconds.map(Figures.duration) ?? "–",
                p50: String(format: "%.1f", variant.p50), p99: String(format: "%.1f", variant.p99),
                size: String(format: "%.0f", variant.megabytes), memory: String(format: "%.0f", variant.peakMemory),
                rowClass: variant.devDifference == nil ? "strong" : "")
        }
        hasTest = report.variants.contains { $0.test != nil }
        caution =
            report.seeds.count == 1
            ? "One seed does not tell how far another would lie off; set ablate.seeds to three or more."
            : "± is Student’s 95 % interval over the seeds, paired by seed for differences. It says what another seed would "
                + "likely give, not what other notes would."
    }

    /// What a change did, in a sentence; a change that did nothing says so.
    private static func verdict(_ variant: AblationReport.Variant) -> String? {
        guard let difference = variant.devDifference else { return nil }
        let size = String(format: "%.1f", abs(100 * difference.mean))
        guard let margin = difference.margin else {
            return "\(variant.name): \(String(format: "%+.1f", 100 * difference.mean)) points on dev with one seed."
        }
        let reach = String(format: "%.1f", 100 * margin)
        guard variant.isClear else {
            return "\(variant.name): no difference that the seeds can tell "
                + "(\(String(format: "%+.1f", 100 * difference.mean)) ± \(reach) points)."
        }
        return difference.mean < 0
            ? "\(variant.name): costs \(size) ± \(reach) points." : "\(variant.name): gains \(size) ± \(reach) points."
    }

    private static func score(_ statistics: SeedStatistics, signed: Bool = false) -> String {
        let mean = String(format: signed ? "%+.1f" : "%.1f", 100 * statistics.mean)
            .replacingOccurrences(of: "-", with: "−")
        return mean + (statistics.margin.map { String(format: " ± %.1f", 100 * $0) } ?? "")
    }
}
