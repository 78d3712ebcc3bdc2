import Essentials

/// What can stop a training that the model's files do not know of.
public enum TrainingError: UserFacingError, Equatable {
    /// A checkpoint's record of progress is damaged.
    case damagedProgress(path: String)

    /// Where, what and what to do.
    public var description: String {
        switch self {
        case .damagedProgress(let path):
            "\(path): not the progress of a training; run without --resume to start over"
        }
    }

    /// Bad data.
    public var exitCode: ExitCode { .badData }
}
