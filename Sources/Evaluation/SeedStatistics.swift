/// The mean of a score over runs of different seeds, with Student's 95 % interval.
///
/// The interval says what another seed would likely give; it says nothing of other notes.
public struct SeedStatistics: Codable, Hashable, Sendable {
    /// The mean.
    public let mean: Double
    /// How far the interval reaches to either side; nothing for one run.
    public let margin: Double?
    /// The number of runs.
    public let count: Int

    /// Statistics of at least one value.
    public init(_ values: [Double]) {
        precondition(!values.isEmpty, "the mean of no runs")
        let mean = values.reduce(0, +) / Double(values.count)
        self.mean = mean
        count = values.count
        guard values.count > 1 else {
            margin = nil
            return
        }
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
        margin = Self.quantile(degrees: values.count - 1) * (variance / Double(values.count)).squareRoot()
    }

    /// Whether the interval leaves out zero.
    public var isDifferentFromZero: Bool { margin.map { abs(mean) > $0 } ?? false }

    /// The 97.5 % quantile of Student's t.
    static func quantile(degrees: Int) -> Double {
        let table = [
            12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
            2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
        ]
        // Beyond the table the error of the next order is below a thousandth.
        return degrees <= table.count ? table[degrees - 1] : 1.96 + 2.42 / Double(degrees)
    }
}
