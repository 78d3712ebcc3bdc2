import Essentials
import Evaluation
import Foundation

/// A run of `clinner adapt` in a process of its own, so that its time and memory are its own too.
struct ChildRun {
    /// What a finished run reached and took.
    struct Result: Codable, Hashable, Sendable {
        /// Strict micro F1 on dev and, where there are test notes, on test.
        var devF1: Double
        var testF1: Double?
        /// Seconds of fine-tuning, and of the adaptation if the run adapted.
        var trainSeconds: Double
        var pretrainSeconds: Double?
        /// The most memory the process held until fine-tuning was done, in MB.
        var peakMemory: Double
        /// The size of the tagger's folder, in bytes.
        var modelBytes: Int
    }

    /// The configuration's file.
    let configuration: String
    /// `key=value` pairs that are laid over it.
    let overrides: [String]
    /// The run's folder.
    let folder: RunFolder
    /// This program.
    let program: String

    /// The program that is running.
    static var thisProgram: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }

    /// Whether it goes on where it stopped; else it starts over.
    let resumes: Bool

    /// A variant of `run` among its comparisons.
    ///
    /// - Parameters:
    ///   - overrides: what is laid over the configuration besides what the run itself was called with.
    ///   - adapted: a run whose adapted encoder it takes, unless its overrides ask for another one.
    init(of run: Run, name: String, overrides: [String], adaptedBy adapted: RunFolder?, program: String) {
        var all = run.options.overrides + overrides
        let changesEncoder = overrides.contains { override in
            // What is tested makes no other encoder.
            ["pretrain", "encoder", "corpus"].contains { override.hasPrefix("\($0).") || override.hasPrefix("\($0)=") }
                && !override.hasPrefix("corpus.test=")
        }
        if let adapted, run.experiment.pretrain.enabled, !changesEncoder {
            all += ["encoder=\(Self.absolute(adapted.encoder))", "pretrain.enabled=false"]
        }
        all += ["runs=\(Self.absolute(run.folder.comparisons))", "name=\(name)"]
        configuration = run.file
        self.overrides = all
        folder = RunFolder(path: "\(run.folder.comparisons)/\(name)")
        self.program = program
        resumes = run.options.resume
    }

    /// A path that means the same in a configuration, which counts paths from its own folder.
    static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).path }

    /// Runs it, or goes on with it; of a finished one only the results are read.
    ///
    /// What it says goes to `log.txt` in its folder.
    ///
    /// - Throws: ``ComparisonError/childFailed(run:status:log:)``; `InterruptedError` when the user asks to stop, after the
    ///   child has.
    func perform() throws -> Result {
        try folder.make()
        let log = "\(folder.path)/log.txt"
        if !FileManager.default.fileExists(atPath: log) { try AtomicFile.write("", to: log) }
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        try output.seekToEnd()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        let goesOn = resumes && FileManager.default.fileExists(atPath: folder.manifest)
        process.arguments =
            ["adapt", configuration] + (goesOn ? ["--resume"] : []) + overrides.flatMap { ["--set", $0] }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        var isTold = false
        while process.isRunning {
            if Interruption.isRequested, !isTold {
                process.interrupt()
                isTold = true
            }
            Thread.sleep(forTimeInterval: 0.1)
        }
        process.waitUntilExit()
        if Interruption.isRequested { throw InterruptedError() }
        guard process.terminationStatus == 0 else {
            throw ComparisonError.childFailed(run: folder.path, status: process.terminationStatus, log: log)
        }
        return try result()
    }

    private func result() throws -> Result {
        let scores = try JSONFile.read([String: EvaluationResult].self, from: folder.evaluation, madeBy: "evaluate")
        let manifest = try JSONFile.read(Manifest.self, from: folder.manifest, madeBy: "adapt")
        let train = manifest.steps[StepName.train.rawValue]
        return Result(
            devF1: scores[DocumentSet.dev.rawValue]?.micro.f1 ?? 0,
            testF1: scores[DocumentSet.test.rawValue]?.micro.f1, trainSeconds: train?.seconds ?? 0,
            pretrainSeconds: manifest.steps[StepName.pretrain.rawValue]?.seconds, peakMemory: train?.peakMemory ?? 0,
            modelBytes: TaggerFolder.byteCount(folder.bestTagger))
    }
}

/// What stops a comparison of runs.
public enum ComparisonError: UserFacingError, Equatable {
    /// A run ended with an error.
    case childFailed(run: String, status: Int32, log: String)

    /// Where, what, and what to do.
    public var description: String {
        switch self {
        case .childFailed(let run, let status, let log):
            "\(run): ended with exit code \(status); \(log) says why; mend it and go on with --resume"
        }
    }

    /// The child's own exit code tells; here it is data.
    public var exitCode: ExitCode { .badData }
}
