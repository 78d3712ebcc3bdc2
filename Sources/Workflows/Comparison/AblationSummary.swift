import Foundation

/// What an ablation has measured so far: `ablation/ablation.json`.
struct AblationSummary: Codable, Sendable {
    /// One run.
    struct Cell: Codable, Hashable, Sendable {
        /// The variant's name, its part, and its changes.
        var variant: String
        var factor: String
        var overrides: [String]
        /// The run's seed.
        var seed: UInt64
        /// What it reached and took.
        var result: ChildRun.Result
        /// How long its tagger takes for one dev note.
        var latency: TaggingLatency
    }

    /// The runs, in the order they were made.
    var cells: [Cell] = []

    /// The run of a variant with a seed, if there was one with the same changes.
    func cell(of variant: AblationVariant, seed: UInt64) -> Cell? {
        cells.first { $0.variant == variant.name && $0.seed == seed && $0.overrides == variant.overrides }
    }
}
