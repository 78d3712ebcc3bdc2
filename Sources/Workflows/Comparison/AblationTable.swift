import Evaluation
import Foundation
import Reporting

/// An ablation as a table for the terminal.
enum AblationTable {
    static func text(of report: AblationReport) -> String {
        let header = ["variant", "dev F1", "difference", "test F1", "train", "latency p50/p99", "size", "memory"]
        let rows = report.variants.map { variant in
            [
                variant.name, score(variant.dev),
                variant.devDifference.map { score($0, signed: true) + (variant.isClear ? " *" : "") } ?? "",
                variant.test.map { score($0) } ?? "", String(format: "%.0f s", variant.trainSeconds),
                String(format: "%.1f/%.1f ms", variant.p50, variant.p99),
                String(format: "%.0f MB", variant.megabytes), String(format: "%.0f MB", variant.peakMemory),
            ]
        }
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        let lines = ([header] + rows).map { row in
            row.indices.map { column in
                let blanks = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + blanks : blanks + row[column]
            }.joined(separator: "  ")
        }
        let note =
            report.seeds.count > 1
            ? "mean over \(report.seeds.count) seeds with 95 % interval; * the difference's interval leaves out zero"
            : "one seed: how far another seed would lie off is not known"
        return (lines + [note]).joined(separator: "\n")
    }

    private static func score(_ statistics: SeedStatistics, signed: Bool = false) -> String {
        let mean = String(format: signed ? "%+.1f" : "%.1f", 100 * statistics.mean)
        return mean + (statistics.margin.map { String(format: " ± %.1f", 100 * $0) } ?? "")
    }
}
