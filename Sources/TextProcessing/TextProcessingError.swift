import Essentials

/// A file of headers or abbreviations that is not what it should be.
public enum TextProcessingError: UserFacingError, Equatable {
    /// The first line does not name a column that is needed; `found` is the nearest name that is there.
    case missingColumn(path: String, column: String, found: String?)
    /// A line has fewer fields than the first line names, or an empty one.
    case missingField(path: String, line: Int, column: String)
    /// The same key stands on two lines that say different things.
    case conflict(path: String, line: Int, firstLine: Int, column: String)
    /// A header is said to be part of a section that no header of the file has; `nearest` is the nearest name.
    case unknownSection(path: String, line: Int, section: String, nearest: String?)
    /// The file is not UTF-8.
    case notUTF8(path: String, offset: Int)

    /// The message for the person at the keyboard.
    public var description: String {
        switch self {
        case .missingColumn(let path, let column, let found):
            "\(path):1: no column \"\(column)\" in the first line"
                + (found.map { "; did you mean \"\($0)\"?" } ?? "; columns are separated by tabs")
        case .missingField(let path, let line, let column):
            "\(path):\(line): no value for the column \"\(column)\"; fields are separated by tabs"
        case .conflict(let path, let line, let firstLine, let column):
            "\(path):\(line): the \(column) stands on line \(firstLine) already with another meaning; keep one of them"
        case .unknownSection(let path, let line, let section, let nearest):
            "\(path):\(line): no header of the file has the section \"\(section)\" in the column \"part_of\""
                + (nearest.map { "; did you mean \"\($0)\"?" } ?? "; add a header of that section")
        case .notUTF8(let path, let offset):
            "\(path): byte \(offset) is not UTF-8; save the file as UTF-8"
        }
    }

    /// The file holds bad data.
    public var exitCode: ExitCode { .badData }
}
