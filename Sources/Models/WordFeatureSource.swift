import ClinicalText

/// What tells a network which features hold of a document's words, such as that a lexicon has them.
public protocol WordFeatureSource: Sendable {
    /// The features' names, in the order of their numbers.
    var names: [String] { get }

    /// For each word of the document, the numbers of the features that hold.
    func features(of document: SegmentedDocument) throws -> [[Int32]]
}
