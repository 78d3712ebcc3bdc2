/// How a match differs from the term that it is a match of, the nearest first.
public enum MatchVariant: UInt8, CaseIterable, Sendable, Comparable {
    /// Not at all, or in case, accents, white space and full stops only.
    case exact
    /// Plural or possessive: `biopsies`, `Crohn's`.
    case inflection
    /// A hyphen, a blank or nothing between two parts of a word: `x-ray`, `x ray`, `xray`.
    case hyphen
    /// The head before its modifiers: `carcinoma, renal cell`, `failure of the heart`.
    case wordOrder
    /// British and American spelling: `haemorrhage`, `tumor`.
    case spelling
    /// One letter of a long word, which is no other word, is missing, added, another one or behind the next.
    case edit

    /// The name that configurations use.
    public var name: String { "\(self)" }

    /// The variant of a name.
    public init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    /// Whether the left one is nearer to the term.
    public static func < (left: MatchVariant, right: MatchVariant) -> Bool { left.rawValue < right.rawValue }
}
