/// Process exit codes, as `sysexits.h` names them, with the shell's convention for an interrupt.
public enum ExitCode: Int32, Sendable {
    /// Everything asked for was done.
    case success = 0
    /// The command line or the configuration is wrong (`EX_USAGE`).
    case usage = 64
    /// An input file is not what it should be (`EX_DATAERR`).
    case badData = 65
    /// An input file or folder is missing or unreadable (`EX_NOINPUT`).
    case missingInput = 66
    /// A bug of ours, or of a library (`EX_SOFTWARE`).
    case software = 70
    /// Reading or writing failed: a full disk, a broken pipe (`EX_IOERR`).
    case inputOutput = 74
    /// Stopped by the user; what was written is usable and `--resume` continues.
    case interrupted = 130
}
