import ClinicalText

/// Some documents that were read together, and what was odd about them.
public struct ReadDocuments: Sendable {
    /// The documents, in the order of the file.
    public var documents: [Document]
    /// What is odd or wrong.
    public var faults: [CorpusFault]
    /// What could not be read and is not among the documents.
    public var leftOut: [CorpusPart: Int]
    /// How many entities and relations of each type the selection left out.
    public var leftOutTypes: [String: Int]
    /// The file they were read from, the one with the text where a format has several.
    public var file = ""
    /// Where the documents stand, in their order, if ``ReadOptions/keepsPlaces`` asked for it.
    public var places: [DocumentPlaces] = []
    /// The documents whose id was there before, by their place here, each with an id that was not.
    ///
    /// Only where reading goes on after faults. ``CorpusStream/read(threads:_:)`` leaves these documents out or, where
    /// it repairs, gives them those ids.
    public var repeats: [Int: String] = [:]
}
