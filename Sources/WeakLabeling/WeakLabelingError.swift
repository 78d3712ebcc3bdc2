import Essentials

/// What is wrong with the labeling configuration or went wrong in labeling; note text never shows.
public enum WeakLabelingError: UserFacingError, Equatable {
    /// A lexicon or rule names an entity type that the experiment does not have.
    case unknownEntityType(place: String, type: String, known: [String])
    /// The configuration speaks of a labeling function that does not exist.
    case unknownFunction(name: String, nearest: String?)
    /// Two labeling functions would share a name.
    case duplicateFunction(name: String, first: String, second: String)
    /// A pattern was stopped on a document; the document is named by its id.
    case patternStopped(document: String, reason: String)
    /// There is nothing that could vote.
    case noLabelingFunctions

    /// Where, what and what to do.
    public var description: String {
        switch self {
        case .unknownEntityType(let place, let type, let known):
            "\(place): unknown entity type `\(type)`"
                + (NearestName.of(type, in: known).map { "; did you mean `\($0)`?" } ?? ".")
                + " The types are \(known.joined(separator: ", "));"
                + " `typeMapping` gives a type another name, or makes it `outside` or `abstain`."
        case .unknownFunction(let name, let nearest):
            "typeMapping: there is no labeling function `\(name)`" + (nearest.map { "; did you mean `\($0)`?" } ?? "")
        case .duplicateFunction(let name, let first, let second):
            "\(second): a labeling function named `\(name)` exists already, in \(first)"
        case .patternStopped(let document, let reason):
            "document \(document): \(reason)"
        case .noLabelingFunctions:
            "no labeling functions: the configuration names neither lexicons nor rules"
        }
    }

    /// 64 for the configuration, 65 for what the files hold.
    public var exitCode: ExitCode {
        switch self {
        case .unknownEntityType, .unknownFunction, .noLabelingFunctions, .duplicateFunction: .usage
        case .patternStopped: .badData
        }
    }
}
