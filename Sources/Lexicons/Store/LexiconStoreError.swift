import Essentials

/// A compiled lexicon that cannot be used.
public enum LexiconStoreError: UserFacingError, Equatable {
    /// The file is something else.
    case noLexicon(path: String)
    /// The file is shorter or longer than it says.
    case truncated(path: String, size: Int, expected: Int)
    /// Another release of clinner made it.
    case version(path: String, found: UInt32, expected: UInt32)
    /// A check sum or a count does not agree.
    case damaged(path: String, part: String)
    /// There is more than the layout can number.
    case tooLarge(path: String, what: String, limit: Int)

    /// Where, what and what to do.
    public var description: String {
        switch self {
        case .noLexicon(let path):
            "\(path): not a compiled lexicon; `clinner lexicon build` makes one from tables and ontologies"
        case .truncated(let path, let size, let expected):
            "\(path): \(size) bytes instead of \(expected); the file is cut or was only partly copied: copy or build it again"
        case .version(let path, let found, let expected):
            "\(path): layout \(found), this clinner reads \(expected); build it again with `clinner lexicon build`"
        case .damaged(let path, let part):
            "\(path): damaged (\(part)); copy or build it again"
        case .tooLarge(let path, let what, let limit):
            "\(path): more than \(limit) \(what); divide the lexicon"
        }
    }

    /// What the file holds is wrong.
    public var exitCode: ExitCode { .badData }
}
