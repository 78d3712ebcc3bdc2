import Essentials

/// What is wrong with the labeling configuration or went wrong in labeling; note text never shows.
public enum WeakLabelingError: UserFacingError, Equatable {
    /// A lexicon or rule names an entity type that the experiment does not have.
    case unknownEntityType(place: String, type: String, known: [String])
    /// The configuration speaks of a labeling function that does not exist.
    case unknownFunction(key: String, name: String, nearest: String?)
    /// Two labeling functions would share a name.
    case duplicateFunction(name: String, first: String, second: String)
    /// A rule's pattern was stopped on a document; `place` is the rule's file and line, and the document is named by its id.
    case patternStopped(place: String, rule: String, document: String, reason: String)
    /// Another model's annotation ends behind the document's text.
    case annotationBeyondText(document: String, function: String)
    /// A vote by hand does not lie in its document.
    case handVoteBeyondText(place: String, document: String)
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
        case .unknownFunction(let key, let name, let nearest):
            "\(key): there is no labeling function `\(name)`" + (nearest.map { "; did you mean `\($0)`?" } ?? "")
        case .duplicateFunction(let name, let first, let second):
            "\(second): a labeling function named `\(name)` exists already, in \(first)"
        case .patternStopped(let place, let rule, let document, let reason):
            "\(place): rule \(rule): stopped on document \(document): \(reason)"
        case .annotationBeyondText(let document, let function):
            "\(function): an annotation of document \(document) ends behind its text; the texts differ"
        case .handVoteBeyondText(let place, let document):
            "\(place): document \(document) has no such offsets; they count code points from 0"
        case .noLabelingFunctions:
            "no labeling functions: the configuration names neither lexicons nor rules"
        }
    }

    /// 64 for the configuration, 65 for what the files hold.
    public var exitCode: ExitCode {
        switch self {
        case .unknownEntityType, .unknownFunction, .noLabelingFunctions, .duplicateFunction: .usage
        case .patternStopped, .annotationBeyondText, .handVoteBeyondText: .badData
        }
    }
}
