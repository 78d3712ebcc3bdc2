import Essentials
import Torch

extension ProcessPlacementError: UserFacingError {
    /// A wrong environment is wrong usage.
    public var exitCode: ExitCode { .usage }
}

extension DeviceError: UserFacingError {
    /// Another device must be named, or another clinner be built.
    public var exitCode: ExitCode { .usage }
}

extension ProcessGroupError: UserFacingError {
    /// The network failed, or another process.
    public var exitCode: ExitCode { .inputOutput }
}
