import Foundation

/// A file or folder that could not be read or written.
public enum FileError: UserFacingError, Equatable {
    /// Nothing exists at the path; `hint` says what the user can do about it.
    case missing(path: String, hint: String)
    /// A folder was given where a file is expected, or the other way round.
    case wrongKind(path: String, expected: String)
    /// A folder that should hold input holds none.
    case emptyFolder(path: String, expected: String)
    /// The system refused to read.
    case unreadable(path: String, reason: String)
    /// The system refused to write (no space left, no permission); what stood there before is unchanged.
    case unwritable(path: String, reason: String)

    /// The path, what is wrong, and what it means for the user's files.
    public var description: String {
        switch self {
        case .missing(let path, let hint):
            "\(path): no such file or folder" + (hint.isEmpty ? "" : "; \(hint)")
        case .wrongKind(let path, let expected):
            "\(path): expected \(expected)"
        case .emptyFolder(let path, let expected):
            "\(path): the folder holds no \(expected)"
        case .unreadable(let path, let reason):
            "\(path): cannot be read: \(reason)"
        case .unwritable(let path, let reason):
            "\(path): cannot be written: \(reason); what was there before is unchanged"
        }
    }

    /// Missing input or input/output.
    public var exitCode: ExitCode {
        switch self {
        case .missing, .emptyFolder, .wrongKind: .missingInput
        case .unreadable, .unwritable: .inputOutput
        }
    }

    /// The system's words for an `errno` value.
    static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
