/// How often predictions and gold agree; precision, recall and F1 follow from it, and counts add.
///
/// In JSON the scores stand beside the counts for the reader's comfort; only the counts are read back.
public struct Counts: Hashable, Sendable {
    /// Predictions that match a gold mention.
    public var truePositives: Int
    /// Predictions that do not.
    public var falsePositives: Int
    /// Gold mentions without a matching prediction.
    public var falseNegatives: Int

    /// Makes counts.
    public init(truePositives: Int = 0, falsePositives: Int = 0, falseNegatives: Int = 0) {
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.falseNegatives = falseNegatives
    }

    /// The number of gold mentions.
    public var gold: Int { truePositives + falseNegatives }

    /// The number of predictions.
    public var predicted: Int { truePositives + falsePositives }

    /// The share of predictions that are right; 0 without predictions.
    public var precision: Double { Self.share(truePositives, of: predicted) }

    /// The share of gold mentions that were found; 0 without gold.
    public var recall: Double { Self.share(truePositives, of: gold) }

    /// The harmonic mean of precision and recall; 0 without gold and predictions.
    public var f1: Double { Self.share(2 * truePositives, of: gold + predicted) }

    /// Adds counts of disjoint sets of mentions.
    public static func + (left: Counts, right: Counts) -> Counts {
        Counts(
            truePositives: left.truePositives + right.truePositives,
            falsePositives: left.falsePositives + right.falsePositives,
            falseNegatives: left.falseNegatives + right.falseNegatives)
    }

    /// Adds counts of a disjoint set of mentions.
    public static func += (left: inout Counts, right: Counts) { left = left + right }

    private static func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}

extension Counts: Codable {
    private enum CodingKeys: String, CodingKey {
        case truePositives
        case falsePositives
        case falseNegatives
        case precision
        case recall
        case f1
    }

    /// Reads the counts; scores beside them are ignored.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        truePositives = try container.decode(Int.self, forKey: .truePositives)
        falsePositives = try container.decode(Int.self, forKey: .falsePositives)
        falseNegatives = try container.decode(Int.self, forKey: .falseNegatives)
    }

    /// Writes the counts and the scores that follow from them.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(truePositives, forKey: .truePositives)
        try container.encode(falsePositives, forKey: .falsePositives)
        try container.encode(falseNegatives, forKey: .falseNegatives)
        try container.encode(precision, forKey: .precision)
        try container.encode(recall, forKey: .recall)
        try container.encode(f1, forKey: .f1)
    }
}
