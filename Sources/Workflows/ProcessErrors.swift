import Essentials
import Torch

extension ProcessPlacement.Fault: UserFacingError {
    /// Where, what, and what to do.
    public var description: String { "environment: `\(variable)` \(reason)" }

    /// A wrong environment is wrong usage.
    public var exitCode: ExitCode { .usage }
}

extension ProcessGroup.ConnectionError: UserFacingError {
    /// Where, what, and what to do.
    public var description: String {
        "\(address): the processes that train together did not meet there (\(reason)); check that all of them were "
            + "started, with one MASTER_ADDR and a free MASTER_PORT that no firewall closes"
    }

    /// The network failed.
    public var exitCode: ExitCode { .inputOutput }
}

extension ProcessGroup.LostProcessError: UserFacingError {
    /// What, and what to do.
    public var description: String {
        "another process of this training has ended or cannot be reached (\(reason)); see what it said last, then "
            + "start all of them again with --resume"
    }

    /// The network failed.
    public var exitCode: ExitCode { .inputOutput }
}
