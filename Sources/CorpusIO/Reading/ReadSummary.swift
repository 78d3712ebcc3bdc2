/// What reading a corpus gave, besides the documents.
public struct ReadSummary: Sendable, Equatable {
    /// The format it was read in.
    public var format: CorpusFormat
    /// How many documents were read.
    public var documents = 0
    /// What is odd or wrong in the files, in the order of the documents.
    public var faults: [CorpusFault] = []
    /// What could not be read.
    public var leftOut: [CorpusPart: Int] = [:]
    /// How many entities and relations of each type the selection left out.
    public var leftOutTypes: [String: Int] = [:]

    init(format: CorpusFormat) { self.format = format }

    mutating func add(_ read: ReadDocuments, keepsFaults: Bool = true) {
        documents += read.documents.count
        if keepsFaults { faults += read.faults }
        leftOut.merge(read.leftOut, uniquingKeysWith: +)
        leftOutTypes.merge(read.leftOutTypes, uniquingKeysWith: +)
    }

    /// Whether something could not be read or put right.
    public var hasErrors: Bool { faults.contains { $0.severity == .error && !$0.isRepaired } }
}
