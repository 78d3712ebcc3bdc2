/// How far two labeling functions speak about the same tokens and say the same.
public struct FunctionPair: Codable, Hashable, Sendable {
    /// The name of the function that comes first among the labeler's.
    public var first: String
    /// The name of the other one.
    public var second: String
    /// Tokens that both speak about.
    public var shared: Int
    /// Tokens about which both say the same.
    public var agreeing: Int
    /// The share of the tokens of the one that speaks less about which both say the same: 1 where it adds nothing.
    public var redundancy: Double
}
