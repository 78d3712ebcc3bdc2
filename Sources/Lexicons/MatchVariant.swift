/// How a match differs from the term that it is a match of, the nearest first.
public enum MatchVariant: String, Codable, CaseIterable, Sendable, Comparable {
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

    /// The place in ``allCases``, which compiled lexicons hold.
    @inline(__always)
    var number: UInt8 {
        switch self {
        case .exact: 0
        case .inflection: 1
        case .hyphen: 2
        case .wordOrder: 3
        case .spelling: 4
        case .edit: 5
        }
    }

    @inline(__always)
    init(number: UInt8) {
        switch number {
        case 0: self = .exact
        case 1: self = .inflection
        case 2: self = .hyphen
        case 3: self = .wordOrder
        case 4: self = .spelling
        default: self = .edit
        }
    }

    /// Whether the left one is nearer to the term.
    public static func < (left: MatchVariant, right: MatchVariant) -> Bool { left.number < right.number }
}
