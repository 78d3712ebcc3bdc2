/// A weak source of labels: it looks at a document, votes for spans and changes nothing.
public protocol LabelingFunction: Sendable {
    /// Unique among the functions of a labeler: `lexicon/diseases`, `regex/dose_with_unit`, `negation`.
    var name: String { get }

    /// The function's votes on a document; a token that no vote covers is an abstention.
    func votes(on document: LabelingContext) throws -> [Vote]
}
