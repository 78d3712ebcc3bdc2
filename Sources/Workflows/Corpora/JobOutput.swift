import CorpusIO
import Essentials
import Foundation

/// Where a job's results go and how they look.
public struct JobOutput {
    /// Whether results are JSON, an object a line.
    public var json: Bool
    /// Whether nothing is shown but results and errors.
    public var quiet: Bool
    /// How many threads read; every core where it is 0.
    private let wantedThreads: Int
    /// Takes a line of the results.
    let print: (String) -> Void

    /// Results on standard output.
    public init(json: Bool = false, quiet: Bool = false, threads: Int = 0) {
        self.init(json: json, quiet: quiet, threads: threads) { Swift.print($0) }
    }

    init(json: Bool = false, quiet: Bool = false, threads: Int = 0, print: @escaping (String) -> Void) {
        self.json = json
        self.quiet = quiet
        wantedThreads = threads
        self.print = print
    }

    /// How many threads read.
    var threads: Int { wantedThreads > 0 ? wantedThreads : ProcessInfo.processInfo.activeProcessorCount }

    /// A display of how many documents were read.
    func progress(_ title: String) -> Essentials.Progress {
        Essentials.Progress(title, total: 0, unit: "documents", quiet: quiet || json)
    }

    /// Prints a value as a line of JSON with sorted keys.
    func printJSON(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
