import Dispatch
import Foundation
import Synchronization

/// Turns Ctrl-C and a polite kill into a flag that long work looks at between two steps.
///
/// The first signal asks the work to stop at a point from which `--resume` continues; a second one ends the process.
public enum Interruption {
    private static let flag = Atomic<Bool>(false)
    nonisolated(unsafe) private static var sources: [DispatchSourceSignal] = []

    /// Starts listening to SIGINT and SIGTERM; call once, from the main thread, before any work.
    public static func listen() {
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInitiated))
            source.setEventHandler {
                if flag.exchange(true, ordering: .relaxed) { _exit(ExitCode.interrupted.rawValue) }
                FileHandle.standardError.write(Data("\nstopping after this step; once more to stop at once\n".utf8))
            }
            source.resume()
            sources.append(source)
        }
    }

    /// Whether the user asked to stop.
    public static var isRequested: Bool { flag.load(ordering: .relaxed) }

    /// Throws ``InterruptedError`` if the user asked to stop.
    public static func check() throws {
        if isRequested { throw InterruptedError() }
    }
}

/// The user stopped the work; everything written so far is usable.
public struct InterruptedError: UserFacingError {
    /// Makes the error.
    public init() {}

    /// What to tell the user.
    public var description: String { "stopped; run the same command with --resume to continue" }

    /// The shell's convention for an interrupt.
    public var exitCode: ExitCode { .interrupted }
}
