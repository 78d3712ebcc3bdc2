/// On which side of a mention a word stands.
public enum Side: String, Codable, CaseIterable, Hashable, Sendable {
    /// `acute` pancreatitis.
    case before
    /// Glipizide `XL`.
    case after
}
