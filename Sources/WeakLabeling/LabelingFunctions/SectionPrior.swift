/// How a section speaks for or against mentions of a type in it.
public struct SectionPrior: Codable, Hashable, Sendable {
    /// Which way the section speaks.
    public enum Claim: String, Codable, Sendable {
        /// For what other functions vote for there.
        case `for`
        /// Against it.
        case against
    }

    /// The normalized name of the section.
    public var section: String
    /// The entity type.
    public var type: String
    /// Which way the section speaks.
    public var claim = Claim.for
    /// How much it counts.
    public var strength = 0.5

    /// Makes a prior.
    public init(section: String, type: String, claim: Claim = .for, strength: Double = 0.5) {
        self.section = section
        self.type = type
        self.claim = claim
        self.strength = strength
    }

    /// Reads a prior; what is missing has its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        section = try values.decode(String.self, forKey: .section)
        type = try values.decode(String.self, forKey: .type)
        claim = try values.decodeIfPresent(Claim.self, forKey: .claim) ?? claim
        strength = try values.decodeIfPresent(Double.self, forKey: .strength) ?? strength
    }
}
