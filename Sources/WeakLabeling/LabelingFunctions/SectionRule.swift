/// What the items of a section begin with.
public struct SectionRule: Codable, Hashable, Sendable {
    /// The normalized name of the section; `medications` also stands for `discharge_medications`.
    public var section: String
    /// The entity type of the items' first words.
    public var type: String
    /// Whether a number must follow, as a dose follows a drug.
    public var requiresNumber = true
    /// Longer beginnings are no names.
    public var maximumWords = 3

    /// Makes a rule.
    public init(section: String, type: String, requiresNumber: Bool = true, maximumWords: Int = 3) {
        self.section = section
        self.type = type
        self.requiresNumber = requiresNumber
        self.maximumWords = maximumWords
    }

    /// Reads a rule; what is missing has its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        section = try values.decode(String.self, forKey: .section)
        type = try values.decode(String.self, forKey: .type)
        requiresNumber = try values.decodeIfPresent(Bool.self, forKey: .requiresNumber) ?? true
        maximumWords = try values.decodeIfPresent(Int.self, forKey: .maximumWords) ?? 3
    }

    func applies(to name: String) -> Bool { name == section || name.hasSuffix("_\(section)") }
}
