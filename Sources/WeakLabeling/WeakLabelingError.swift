import Essentials

/// What is wrong with a lexicon, a rule file or the labeling configuration; note text never shows.
public enum WeakLabelingError: UserFacingError, Equatable {
    /// A line of a table, or a key of a rule file, and what is wrong with it.
    public struct Fault: Hashable, Sendable, CustomStringConvertible {
        /// The line, counted from 1.
        public var line: Int
        /// The column, key or rule at fault.
        public var key: String
        /// What is wrong, and what would be right.
        public var message: String

        /// Makes a fault.
        public init(line: Int, key: String, message: String) {
            self.line = line
            self.key = key
            self.message = message
        }

        /// `line 3: flags: unknown flag`.
        public var description: String { "line \(line): \(key): \(message)" }
    }

    /// A lexicon, cue or rule file is not as it should be; the first ten faults, and how many there are.
    case badFile(path: String, faults: [Fault], count: Int)
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

    /// Cuts a list of faults to what a person wants to read at once; nothing if there are none.
    static func badFile(_ path: String, _ faults: [Fault]) -> WeakLabelingError? {
        faults.isEmpty ? nil : .badFile(path: path, faults: Array(faults.prefix(10)), count: faults.count)
    }

    /// Where, what and what to do.
    public var description: String {
        switch self {
        case .badFile(let path, let faults, let count):
            faults.map { "\(path):\($0.line): \($0.key): \($0.message)" }.joined(separator: "\n")
                + (count > faults.count ? "\n\(path): and \(count - faults.count) more lines like these" : "")
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
        case .badFile, .patternStopped: .badData
        }
    }
}
