import CorpusIO

/// What checking corpora found, in numbers.
public struct CheckSummary: Sendable, Equatable {
    /// How many documents were read.
    public var documents = 0
    /// How many mentions they have.
    public var entities = 0
    /// How many faults there are of each kind and severity.
    public var faults: [FaultKind: [CorpusFault.Severity: Int]] = [:]
    /// What could not be read.
    public var leftOut: [CorpusPart: Int] = [:]
    /// The formats that the sets were read in, in their order.
    public var formats: [CorpusFormat] = []

    /// Nothing read yet.
    public init() {}

    /// How many faults there are of a severity.
    public func count(of severity: CorpusFault.Severity) -> Int {
        faults.values.reduce(0) { $0 + ($1[severity] ?? 0) }
    }

    mutating func add(_ fault: CorpusFault) { faults[fault.kind, default: [:]][fault.severity, default: 0] += 1 }
}
