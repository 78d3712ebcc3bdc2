import ClinicalText

/// Some documents that were read together, and what was odd about them.
public struct ReadDocuments: Sendable {
    /// The documents, in the order of the file.
    public var documents: [Document]
    /// What is odd or wrong.
    public var faults: [CorpusFault]
    /// What could not be read and is not among the documents.
    public var leftOut: [CorpusPart: Int]
    /// How many entities of each type the selection left out.
    public var leftOutTypes: [String: Int]
}
