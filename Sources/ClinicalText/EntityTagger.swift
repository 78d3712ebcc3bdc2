/// Anything that finds entities in documents.
public protocol EntityTagger {
    /// The types it can find.
    var entityTypes: [String] { get }

    /// The entities of each document, in the order of the documents, each with its confidence.
    ///
    /// A document's entities do not depend on which other documents are tagged with it.
    func entities(in documents: [SegmentedDocument]) throws -> [[Entity]]
}
