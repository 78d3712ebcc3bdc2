import ArgumentParser
import Essentials
import Foundation
import Workflows

// Commands that compute with networks; the others need not start twice.
if ["adapt", "pretrain", "train", "tag", "ablate"].contains(CommandLine.arguments.dropFirst().first) {
    prepareComputing()
}

// Most of what clinner writes holds patient text: nobody but its owner reads it.
umask(0o077)
// A closed pipe is reported as an error of the write, with its exit code, not as a silent death.
signal(SIGPIPE, SIG_IGN)
Interruption.listen()

do {
    var command = try Clinner.parseAsRoot()
    try command.run()
} catch let error as any UserFacingError {
    FileHandle.standardError.write(Data("clinner: \(error)\n".utf8))
    exit(error.exitCode.rawValue)
} catch {
    Clinner.exit(withError: error)
}
