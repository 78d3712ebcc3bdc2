/// How far two labeling functions speak about the same tokens and say the same.
public struct FunctionPair: Codable, Hashable, Sendable {
    /// The names of the functions, in the order of the labeler.
    public var first: String
    public var second: String
    /// Tokens that both speak about.
    public var shared: Int
    /// Tokens about which both say the same.
    public var agreeing: Int
    /// The share of the tokens of the one that speaks less about which both say the same: 1 where it adds nothing.
    public var redundancy: Double
}
