import CorpusAnalysis
import CorpusIO
import Essentials

/// Prints a corpus in numbers.
public struct StatsJob {
    private struct Result: Encodable {
        var format: String
        var leftOut: [String: Int]
        var leftOutTypes: [String: Int]
        var statistics: CorpusStatistics
    }

    private let input: String
    private let reading: ReadOptions
    private let output: JobOutput

    /// A job that measures `input`.
    public init(input: String, reading: ReadOptions, output: JobOutput) {
        self.input = input
        self.reading = reading
        self.output = output
    }

    /// Reads, measures, prints.
    ///
    /// - Throws: ``WorkflowError/leftOut(parts:)`` at the end if something could not be read.
    public func perform() throws {
        let progress = output.progress("stats")
        let (statistics, read) = try CorpusStatistics.of(
            input, options: reading, threads: output.threads, advance: { progress.advance(by: $0) })
        progress.finish()
        if output.json {
            try output.printJSON(
                Result(
                    format: read.format.rawValue, leftOut: Amounts.named(read.leftOut),
                    leftOutTypes: read.leftOutTypes, statistics: statistics))
        } else {
            for line in StatisticsTable.lines(of: statistics) { output.print(line) }
            if !read.leftOutTypes.isEmpty { output.print("not selected: \(Amounts.text(of: read.leftOutTypes))") }
        }
        if !read.leftOut.isEmpty { throw WorkflowError.leftOut(parts: Amounts.text(of: read.leftOut)) }
    }
}
