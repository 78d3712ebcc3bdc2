import Essentials

/// A scorer that cannot be asked this way.
public enum ScorerError: UserFacingError, Equatable {
    /// No scorer has this name.
    case unknownScorer(String, nearest: String?, known: [String])
    /// The scorer has no variant of this name.
    case unknownVariant(String, scorer: String, nearest: String?, known: [String])

    /// What was asked for, the nearest name and all names.
    public var description: String {
        switch self {
        case .unknownScorer(let name, let nearest, let known):
            "there is no scorer \"\(name)\"\(Self.hint(nearest)). The scorers are \(known.joined(separator: ", "))."
        case .unknownVariant(let name, let scorer, let nearest, let known):
            "scorer \(scorer) has no variant \"\(name)\"\(Self.hint(nearest)). Its variants are "
                + known.joined(separator: ", ") + "."
        }
    }

    /// Wrong usage.
    public var exitCode: ExitCode { .usage }

    private static func hint(_ nearest: String?) -> String { nearest.map { " (did you mean \"\($0)\"?)" } ?? "" }
}
