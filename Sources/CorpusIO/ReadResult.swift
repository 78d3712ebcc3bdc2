import ClinicalText

/// What reading a corpus gave.
public struct ReadResult: Sendable {
    /// The documents.
    public var corpus: Corpus
    /// The format they were read in.
    public var format: CorpusFormat
    /// What is odd in the files, in the order of the documents.
    public var faults: [CorpusFault]
    /// How many entities of each type the selection left out.
    public var leftOutTypes: [String: Int]

    /// Makes a result.
    public init(corpus: Corpus, format: CorpusFormat, faults: [CorpusFault], leftOutTypes: [String: Int]) {
        self.corpus = corpus
        self.format = format
        self.faults = faults
        self.leftOutTypes = leftOutTypes
    }
}
