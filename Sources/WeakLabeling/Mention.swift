import ClinicalText
import LabelModels
import TextProcessing

/// A run of tokens with a label, which is the place of its type plus one.
public typealias Mention = AbbreviationClosure.Mention

extension Mention {
    /// The mentions that entities make, as far as these align with a document's tokens, and the label of each token.
    static func all(of entities: [Entity], in document: SegmentedDocument, scheme: TagScheme) -> (
        mentions: Set<Mention>, labels: [Int]
    ) {
        var annotated = document
        annotated.document.entities = entities
        let tags = scheme.tags(of: annotated).tags
        let labels = tags.map { tag in scheme.typeIndex(of: tag).map { $0 + 1 } ?? LabelMatrix.outside }
        return (Set(scheme.runs(in: tags).map { Mention(tokens: $0.tokens, label: $0.typeIndex + 1) }), labels)
    }
}
