import Foundation

/// A search as tables for the terminal: the best trials, and what mattered.
enum TuningTable {
    private static let shown = 10

    static func text(of summary: TuningSummary) -> String {
        let ranked = summary.trials.sorted { ($1.result.devF1, $0.number) < ($0.result.devF1, $1.number) }
        var lines = ["trial   dev F1   train  settings"]
        for trial in ranked.prefix(shown) {
            lines.append(
                String(
                    format: "%5d  %5.1f %%  %4.0f s  ", trial.number, 100 * trial.result.devF1,
                    trial.result.trainSeconds)
                    + (trial.overrides.isEmpty ? "as configured" : trial.overrides.joined(separator: " ")))
        }
        if !summary.importance.isEmpty {
            lines += [
                "",
                "What mattered: the share of the scores' variance between a setting's values, and mean dev F1 by value",
            ]
            for importance in summary.importance {
                let means = importance.means.map {
                    "\($0.value): " + String(format: "%.1f %%", 100 * $0.devF1) + " (\($0.trials))"
                }
                lines.append(
                    String(format: "%4.0f %%  ", 100 * importance.explained) + importance.key + "  "
                        + means.joined(separator: ", "))
            }
            lines.append(
                "Few trials make chance look like a cause; one seed each. Confirm the best with clinner ablate.")
        }
        return lines.joined(separator: "\n")
    }
}
