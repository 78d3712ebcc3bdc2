/// A regular expression and what its matches are.
public struct PatternRule: Hashable, Sendable {
    /// What a match says.
    public enum Target: Hashable, Sendable {
        /// The whole match is one entity of this type.
        case type(String)
        /// The whole match is no entity of this type.
        case against(String)
        /// The match is no entity.
        case outside
        /// Each named group that took part is an entity of the type it is named after.
        case namedGroups
    }

    /// Unique over all rule files.
    public var name: String
    /// The expression in PCRE2's syntax.
    public var pattern: String
    /// Whether letters match both cases.
    public var ignoreCase: Bool
    /// What a match says.
    public var target: Target
    /// How much its votes count; 1 is a whole vote.
    public var strength: Double
    /// The line of the rule's name in its file, counted from 1.
    public var line: Int

    /// Makes a rule.
    public init(
        name: String, pattern: String, ignoreCase: Bool = false, target: Target, strength: Double = 1, line: Int = 0
    ) {
        self.name = name
        self.pattern = pattern
        self.ignoreCase = ignoreCase
        self.target = target
        self.strength = strength
        self.line = line
    }
}
