import Essentials
import Foundation
import Testing

@Suite struct InterruptionTests {
    /// Whether the process has handlers for both signals; the event queue installs them a moment after it is asked to.
    static func isListening() throws -> Bool {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
        let caught = line.flatMap { UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) } ?? 0
        return [SIGINT, SIGTERM].allSatisfy { caught & (1 << UInt64($0 - 1)) != 0 }
    }

    @Test(.timeLimit(.minutes(1))) func theFirstSignalAsksAndTheSecondEnds() async {
        await #expect(processExitsWith: .exitCode(ExitCode.interrupted.rawValue)) {
            Interruption.listen()
            while try !InterruptionTests.isListening() { try await Task.sleep(for: .milliseconds(5)) }
            try Interruption.check()
            kill(getpid(), SIGINT)
            while !Interruption.isRequested { try await Task.sleep(for: .milliseconds(5)) }
            do {
                try Interruption.check()
                preconditionFailure("the request was not seen")
            } catch let error as InterruptedError {
                precondition(error.exitCode == .interrupted)
                precondition(error.description == "stopped; run the same command with --resume to continue")
            }
            kill(getpid(), SIGTERM)
            while true { try await Task.sleep(for: .seconds(1)) }
        }
    }
}
