import Foundation

/// What a search has found so far: `tuning/tuning.json`.
struct TuningSummary: Codable, Sendable {
    /// One run.
    struct Trial: Codable, Hashable, Sendable {
        /// Counted from 0, the run as configured.
        var number: Int
        /// What was laid over the configuration.
        var overrides: [String]
        /// What it reached and took.
        var result: ChildRun.Result
    }

    /// What a setting had to do with the score.
    struct Importance: Codable, Hashable, Sendable {
        /// The setting's dotted key.
        var key: String
        /// The share of the score's variance that lies between the setting's values, in thirds for ranges (η²).
        var explained: Double
        /// The mean dev F1 by value, the best first.
        var means: [Mean]

        struct Mean: Codable, Hashable, Sendable {
            var value: String
            var trials: Int
            var devF1: Double
        }
    }

    /// The runs in their order.
    var trials: [Trial] = []
    /// The settings, the one that had most to do with the score first.
    var importance: [Importance] = []

    /// The best trial; the earlier one of two equal ones.
    var best: Trial? { trials.max { ($0.result.devF1, -$0.number) < ($1.result.devF1, -$1.number) } }

    /// What each setting had to do with the score, over the trials that drew it.
    static func importance(_ trials: [Trial], space: SearchSpace) -> [Importance] {
        let drawn = trials.filter { $0.number > 0 }
        guard drawn.count > 2 else { return [] }
        return space.dimensions.enumerated().map { place, entry in
            let values = drawn.map { (value: space.values(ofTrial: $0.number)[place], score: $0.result.devF1) }
            let groups =
                entry.dimension.values.isEmpty ? thirds(values) : Dictionary(grouping: values, by: \.value)
            let all = values.map(\.score)
            let mean = all.reduce(0, +) / Double(all.count)
            let total = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let means = groups.map { name, members in
                Importance.Mean(
                    value: name, trials: members.count,
                    devF1: members.reduce(0) { $0 + $1.score } / Double(members.count))
            }
            let between = means.reduce(0) { $0 + Double($1.trials) * ($1.devF1 - mean) * ($1.devF1 - mean) }
            return Importance(
                key: entry.key, explained: total > 0 ? between / total : 0,
                means: means.sorted { ($1.devF1, $0.value) < ($0.devF1, $1.value) })
        }.sorted { ($1.explained, $0.key) < ($0.explained, $1.key) }
    }

    /// The values of a range in three groups of like size, by size.
    private static func thirds(_ values: [(value: String, score: Double)]) -> [String: [(value: String, score: Double)]]
    {
        let sorted = values.sorted { (Double($0.value) ?? 0) < (Double($1.value) ?? 0) }
        let groups = (0..<3).map { sorted[$0 * sorted.count / 3..<($0 + 1) * sorted.count / 3] }.filter { !$0.isEmpty }
        return Dictionary(
            groups.map { group in
                (
                    "\(group[group.startIndex].value) to \(group[group.index(before: group.endIndex)].value)",
                    Array(group)
                )
            }, uniquingKeysWith: +)
    }
}
