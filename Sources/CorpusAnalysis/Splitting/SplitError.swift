import Essentials

/// A corpus that cannot be divided as asked.
public enum SplitError: UserFacingError, Equatable {
    /// Shares that are no shares, or do not add up to 1.
    case badShares(sum: Double)
    /// Fewer notes or patients than sets.
    case tooFew(groups: Int, sets: Int)
    /// Notes whose patient is not known.
    case noPatient(source: String, document: String, count: Int)
    /// A pattern for patients that is no regular expression.
    case badPattern(String)
    /// An id that a table cannot hold.
    case idNotInTable(document: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .badShares(let sum):
            "the shares of train, dev and test must be between 0 and 1 and add up to 1, and add up to \(sum)"
        case .tooFew(let groups, let sets):
            "\(groups == 1 ? "1 note or patient" : "\(groups) notes or patients") cannot be divided into \(sets) sets"
        case .noPatient(let source, let document, 1):
            "document \(document) has no patient: \(source)"
        case .noPatient(let source, let document, let count):
            "\(count) documents have no patient, the first one is \(document): \(source)"
        case .badPattern(let pattern):
            "--patient-pattern: `\(pattern)` is not a regular expression"
        case .idNotInTable(let document):
            "document \(document): an id with a tab or a line end cannot stand in a table; write folders instead"
        }
    }

    /// Usage or bad data.
    public var exitCode: ExitCode {
        switch self {
        case .badShares, .badPattern: .usage
        case .tooFew, .noPatient, .idNotInTable: .badData
        }
    }
}
