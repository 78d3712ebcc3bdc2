import Foundation
import TestSupport
import Training

/// The built program in a process of its own.
final class ClinnerProcess {
    static let path = "\(SharedData.packageRoot)/.build/debug/clinner"
    static let isBuilt = FileManager.default.isExecutableFile(atPath: path)

    private let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    /// Starts `clinner` with the arguments, and with further variables in its environment.
    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.executableURL = URL(fileURLWithPath: Self.path)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = errors
        try process.run()
    }

    var isRunning: Bool { process.isRunning }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// How it ended: the exit code, or minus the signal that ended it, and what it wrote.
    func end() throws -> (status: Int32, output: String, errors: String) {
        let written = output.fileHandleForReading.readDataToEndOfFile()
        let complaints = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return (status, String(decoding: written, as: UTF8.self), String(decoding: complaints, as: UTF8.self))
    }

    /// Waits until the checkpoint holds more than `step` steps, or the process is over.
    func waitForCheckpoint(_ path: String, after step: Int) -> Int {
        let file = "\(path)/progress.json"
        while isRunning {
            if let data = FileManager.default.contents(atPath: file),
                let progress = try? JSONDecoder().decode(TrainingProgress.self, from: data), progress.step > step
            {
                return progress.step
            }
            usleep(2000)
        }
        return step
    }
}
