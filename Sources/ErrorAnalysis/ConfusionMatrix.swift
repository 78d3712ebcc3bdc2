/// How often a mention of one type was predicted as another, or not at all.
public struct ConfusionMatrix: Codable, Hashable, Sendable {
    /// The entity types; after the last one rows and columns have one more place, for none.
    public var types: [String]
    /// (types + 1) × (types + 1): row = gold, column = predicted. The last row holds spurious predictions, the last
    /// column missed mentions; mentions with a wrong boundary count in their types' cell.
    public var counts: [[Int]]

    /// Makes a matrix of zeros.
    public init(types: [String]) {
        self.types = types
        counts = [[Int]](repeating: [Int](repeating: 0, count: types.count + 1), count: types.count + 1)
    }
}
