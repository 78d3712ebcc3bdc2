/// An error whose description is written for the person at the keyboard and that knows its exit code.
///
/// The description says where, what and what to do. It carries file names, lines, offsets and keys, never the text
/// of a note.
public protocol UserFacingError: Error, CustomStringConvertible {
    /// The code the process ends with when this error stops it.
    var exitCode: ExitCode { get }
}
