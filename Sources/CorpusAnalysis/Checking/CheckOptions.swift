import CorpusIO

/// How a corpus is checked.
public struct CheckOptions: Sendable {
    /// How it is read.
    public var reading: ReadOptions
    /// How many threads read and check.
    public var threads = 1
    /// A type with fewer mentions is reported.
    public var minimumExamples = 10
    /// The share of five-word runs from which two notes count as nearly the same, of all runs of both.
    public var similarity = 0.8

    /// The default options for a reading.
    public init(reading: ReadOptions) { self.reading = reading }
}
