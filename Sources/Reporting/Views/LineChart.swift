import Foundation

/// A line chart, laid out: the template only places what stands here.
struct LineChart {
    /// A line of the chart.
    struct Series {
        let name: String
        let values: [(x: Double, y: Double)]
    }

    struct Tick {
        let tickPosition: String
        let tickLabel: String
    }

    struct Dot {
        let x: String
        let y: String
        let title: String
    }

    struct Line {
        let style: String
        let points: String
        let dots: [Dot]
        let lineLabel: String
        let labelX: String
        let labelY: String
    }

    private static let size = (width: 560.0, height: 260.0)
    private static let plot = (left: 56.0, right: 548.0, top: 24.0, bottom: 214.0)
    /// With more values than this the dots would hide the line.
    private static let mostDots = 40

    let chartTitle: String
    let chartDescription: String
    let xTitle: String
    let yTitle: String
    let xTicks: [Tick]
    let yTicks: [Tick]
    let lines: [Line]

    /// Lays out a chart; nothing without at least two values.
    init?(title: String, xTitle: String, yTitle: String, series: [Series], decimals: Int) {
        let finite = series.map { one in
            Series(name: one.name, values: one.values.filter { $0.x.isFinite && $0.y.isFinite })
        }
        let xs = finite.flatMap { $0.values.map(\.x) }
        let ys = finite.flatMap { $0.values.map(\.y) }
        guard xs.count > 1, let firstX = xs.min(), let lastX = xs.max(), let lowest = ys.min(), let highest = ys.max()
        else { return nil }
        chartTitle = title
        self.xTitle = xTitle
        self.yTitle = yTitle
        let yScale = Scale(from: lowest, to: highest, wanted: 4)
        let xStep = max(1, Scale.step(of: lastX - firstX, wanted: 6))
        let (left, right, top, bottom) = Self.plot
        func x(_ value: Double) -> Double { left + (right - left) * (value - firstX) / max(lastX - firstX, 1e-9) }
        func y(_ value: Double) -> Double {
            bottom - (bottom - top) * (value - yScale.low) / max(yScale.high - yScale.low, 1e-9)
        }
        xTicks = stride(from: (firstX / xStep).rounded(.up) * xStep, through: lastX, by: xStep).map {
            Tick(tickPosition: Figures.coordinate(x($0)), tickLabel: Figures.count(Int($0)))
        }
        yTicks = yScale.ticks.map {
            Tick(tickPosition: Figures.coordinate(y($0)), tickLabel: String(format: "%.\(decimals)f", $0))
        }
        lines = finite.enumerated().compactMap { place, one in
            let values = one.values
            guard let first = values.first else { return nil }
            let points = values.map { (x: Figures.coordinate(x($0.x)), y: Figures.coordinate(y($0.y))) }
            return Line(
                style: "series-\(place % 3)", points: points.map { "\($0.x),\($0.y)" }.joined(separator: " "),
                dots: values.count > Self.mostDots
                    ? []
                    : zip(points, values).map {
                        Dot(
                            x: $0.x, y: $0.y,
                            title: "\(one.name) \(Int($1.x)): \(String(format: "%.\(decimals + 1)f", $1.y))")
                    },
                lineLabel: series.count > 1 ? one.name : "", labelX: Figures.coordinate(x(first.x)),
                labelY: Figures.coordinate(top - 8))
        }
        chartDescription =
            finite.compactMap { one in
                guard let first = one.values.first, let last = one.values.last else { return nil }
                return "\(one.name): from \(String(format: "%.\(decimals + 1)f", first.y)) "
                    + "to \(String(format: "%.\(decimals + 1)f", last.y))."
            }.joined(separator: " ")
    }

    /// Round values that hold all others between them.
    private struct Scale {
        let low: Double
        let high: Double
        let ticks: [Double]

        init(from lowest: Double, to highest: Double, wanted: Int) {
            let spread = highest > lowest ? highest - lowest : max(abs(highest), 1) / 10
            let step = Self.step(of: spread, wanted: wanted)
            let first = (lowest / step).rounded(.down)
            let last = max((highest / step).rounded(.up), first + 1)
            low = first * step
            high = last * step
            ticks = (0...Int(last - first)).map { (first + Double($0)) * step }
        }

        /// 1, 2 or 5 times a power of ten.
        static func step(of spread: Double, wanted: Int) -> Double {
            let raw = max(spread, 1e-9) / Double(wanted)
            let power = pow(10, log10(raw).rounded(.down))
            return power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : raw / power > 1 ? 2 : 1)
        }
    }
}
