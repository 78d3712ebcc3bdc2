import Foundation

/// Differences with their intervals, one a line, laid out: the template only places what stands here.
struct ForestPlot {
    struct PlotRow {
        let rowLabel: String
        let rowTitle: String
        let y: String
        let textY: String
        let from: String
        let to: String
        let center: String
    }

    struct PlotTick {
        let tickX: String
        let tickText: String
    }

    private static let plot = (left: 250.0, right: 670.0, top: 14.0, rowHeight: 26.0)

    let plotTitle: String
    let plotRows: [PlotRow]
    let plotTicks: [PlotTick]
    let zeroX: String
    let width: String
    let height: String
    let bottom: String
    let axisY: String

    /// Lays out a plot; nothing without rows.
    init?(title: String, rows: [(name: String, mean: Double, margin: Double?)]) {
        guard !rows.isEmpty else { return nil }
        let (left, right, top, rowHeight) = Self.plot
        let reach = max(0.5, rows.map { abs($0.mean) + min($0.margin ?? 0, 3 * abs($0.mean) + 5) }.max() ?? 1)
        func x(_ value: Double) -> Double {
            left + (right - left) * (min(max(value, -reach), reach) + reach) / (2 * reach)
        }
        plotTitle = title
        plotRows = rows.enumerated().map { index, row in
            let y = top + (Double(index) + 0.5) * rowHeight
            let margin = row.margin ?? 0
            return PlotRow(
                rowLabel: row.name,
                rowTitle: String(format: "%+.1f", row.mean) + (row.margin.map { String(format: " ± %.1f", $0) } ?? ""),
                y: Figures.coordinate(y), textY: Figures.coordinate(y + 4),
                from: Figures.coordinate(x(row.mean - margin)),
                to: Figures.coordinate(x(row.mean + margin)), center: Figures.coordinate(x(row.mean)))
        }
        let end = top + Double(rows.count) * rowHeight
        plotTicks = [-1, -0.5, 0, 0.5, 1].map { share in
            PlotTick(
                tickX: Figures.coordinate(x(share * reach)),
                tickText: share == 0
                    ? "0"
                    : String(format: "%+.1f", share * reach).replacingOccurrences(of: "-", with: "−"))
        }
        zeroX = Figures.coordinate(x(0))
        width = "700"
        height = Figures.coordinate(end + 44)
        bottom = Figures.coordinate(end)
        axisY = Figures.coordinate(end + 16)
    }
}
