import ClinicalText

/// What reading a whole corpus gave.
public struct ReadResult: Sendable {
    /// The documents.
    public var corpus: Corpus
    /// What was found besides.
    public var summary: ReadSummary

    /// The format they were read in.
    public var format: CorpusFormat { summary.format }
    /// What is odd in the files, in the order of the documents.
    public var faults: [CorpusFault] { summary.faults }
    /// How many entities and relations of each type the selection left out.
    public var leftOutTypes: [String: Int] { summary.leftOutTypes }
}
