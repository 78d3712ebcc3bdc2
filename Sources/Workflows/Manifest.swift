import Essentials
import Foundation

/// What a run was made from and what each of its steps took.
public struct Manifest: Codable, Sendable {
    /// What a finished step took.
    public struct StepRecord: Codable, Sendable {
        /// Seconds from its start to its end, in the run that finished it.
        public var seconds: Double
        /// The most memory the process held until then, in MB.
        public var peakMemory: Double
    }

    /// clinner's version.
    public var version = clinnerVersion
    /// The seed.
    public var seed: UInt64
    /// Threads computed on.
    public var threads: Int
    /// The processor's name, as the kernel tells it.
    public var processor = Self.processorName()
    /// The SHA-256 digest of every input, by the key of the configuration that names it.
    public var inputs: [String: String]
    /// The steps that are finished, by name.
    public var steps: [String: StepRecord] = [:]

    private static func processorName() -> String {
        let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = information.split(separator: "\n").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
    }
}

/// clinner's version.
public let clinnerVersion = "0.1.0"
