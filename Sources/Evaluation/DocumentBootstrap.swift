import Essentials

/// Percentile intervals from resampling whole documents with replacement.
///
/// Documents, not mentions, are drawn, because mentions of one note are alike. Samples in which a score is undefined
/// (no gold mention of a rare type) say nothing about it and are left out.
///
/// Source: B. Efron, R. Tibshirani, "An introduction to the bootstrap" (1993), chapter 13.
struct DocumentBootstrap {
    /// The share of samples within an interval.
    static let level = 0.95

    /// For each document the counts of each type, one document after the other.
    let counts: [Counts]
    let typeCount: Int

    /// The intervals of each type and of all together; 0 to 0 for a score that is never defined.
    func intervals(samples: Int, seed: UInt64) -> (types: [ScoreIntervals], micro: ScoreIntervals) {
        let documents = typeCount == 0 ? 0 : counts.count / typeCount
        var generator = SeededGenerator(seed: seed).derived("bootstrap")
        var types = [Samples](repeating: Samples(), count: typeCount)
        var micro = Samples()
        var sums = [Counts](repeating: Counts(), count: typeCount)
        for _ in 0..<samples {
            for type in 0..<typeCount { sums[type] = Counts() }
            for _ in 0..<documents {
                let row = Int(generator.next(upperBound: UInt64(documents))) * typeCount
                for type in 0..<typeCount { sums[type] += counts[row + type] }
            }
            var total = Counts()
            for type in 0..<typeCount {
                types[type].add(sums[type])
                total += sums[type]
            }
            micro.add(total)
        }
        return (types.map { $0.intervals() }, micro.intervals())
    }

    /// The scores of the samples in which they are defined.
    private struct Samples {
        private var precisions: [Double] = []
        private var recalls: [Double] = []
        private var f1s: [Double] = []

        mutating func add(_ counts: Counts) {
            if counts.predicted > 0 { precisions.append(counts.precision) }
            if counts.gold > 0 { recalls.append(counts.recall) }
            if counts.gold + counts.predicted > 0 { f1s.append(counts.f1) }
        }

        func intervals() -> ScoreIntervals {
            ScoreIntervals(
                precision: Self.interval(precisions), recall: Self.interval(recalls), f1: Self.interval(f1s))
        }

        private static func interval(_ values: [Double]) -> ScoreIntervals.Interval {
            let sorted = values.sorted()
            let tail = (1 - DocumentBootstrap.level) / 2
            return ScoreIntervals.Interval(lower: quantile(tail, of: sorted), upper: quantile(1 - tail, of: sorted))
        }

        /// Linear between the two nearest values; 0 for no values, as undefined scores are everywhere.
        private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
            guard let last = sorted.last else { return 0 }
            let position = share * Double(sorted.count - 1)
            let index = Int(position)
            guard index + 1 < sorted.count else { return last }
            return sorted[index] + (position - Double(index)) * (sorted[index + 1] - sorted[index])
        }
    }
}
