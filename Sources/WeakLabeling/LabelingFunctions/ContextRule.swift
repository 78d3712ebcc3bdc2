/// What is said of mentions in a context, besides the attribute that they get.
public struct ContextRule: Codable, Hashable, Sendable {
    /// What is voted.
    public enum Claim: String, Codable, Sendable {
        /// That the tokens are no mention of their type.
        case against
        /// That the tokens are outside.
        case outside
    }

    /// The context.
    public var context: AssertionContext
    /// The types of the mentions.
    public var types: [String]
    /// What is voted.
    public var claim = Claim.against
    /// How much it counts.
    public var strength = 1.0

    /// Makes a rule.
    public init(context: AssertionContext, types: [String], claim: Claim = .against, strength: Double = 1) {
        self.context = context
        self.types = types
        self.claim = claim
        self.strength = strength
    }

    /// Reads a rule; what is missing has its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        context = try values.decode(AssertionContext.self, forKey: .context)
        types = try values.decode([String].self, forKey: .types)
        claim = try values.decodeIfPresent(Claim.self, forKey: .claim) ?? claim
        strength = try values.decodeIfPresent(Double.self, forKey: .strength) ?? strength
    }
}
