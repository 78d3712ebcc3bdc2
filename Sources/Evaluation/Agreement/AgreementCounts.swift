/// How many mentions two annotations have, and how many of them are pairs.
///
/// In JSON the score stands beside the counts; only the counts are read back.
public struct AgreementCounts: Hashable, Sendable {
    /// Pairs of mentions that agree.
    public var matched: Int
    /// Mentions of the first annotation.
    public var first: Int
    /// Mentions of the second annotation.
    public var second: Int

    /// Makes counts.
    public init(matched: Int = 0, first: Int = 0, second: Int = 0) {
        self.matched = matched
        self.first = first
        self.second = second
    }

    /// The pairwise F1, the same whichever side is taken as gold; 0 without mentions.
    ///
    /// Source: G. Hripcsak, A. S. Rothschild, "Agreement, the F-measure, and reliability in information retrieval",
    /// JAMIA 12 (2005).
    public var f1: Double { first + second == 0 ? 0 : 2 * Double(matched) / Double(first + second) }

    /// Adds counts of disjoint sets of mentions.
    public static func + (left: AgreementCounts, right: AgreementCounts) -> AgreementCounts {
        AgreementCounts(
            matched: left.matched + right.matched, first: left.first + right.first, second: left.second + right.second)
    }
}

extension AgreementCounts: Codable {
    private enum CodingKeys: String, CodingKey {
        case matched
        case first
        case second
        case f1
    }

    /// Reads the counts; the score beside them is ignored.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        matched = try container.decode(Int.self, forKey: .matched)
        first = try container.decode(Int.self, forKey: .first)
        second = try container.decode(Int.self, forKey: .second)
    }

    /// Writes the counts and the score that follows from them.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(matched, forKey: .matched)
        try container.encode(first, forKey: .first)
        try container.encode(second, forKey: .second)
        try container.encode(f1, forKey: .f1)
    }
}
