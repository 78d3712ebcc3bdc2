import ClinicalText
import Essentials

/// Votes as somebody else has labeled: another model's predictions, or a person's votes from a file.
public struct AnnotationFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name: String
    /// For each document its annotations.
    private let annotations: [String: [SpanAnnotation]]

    /// Makes a function of annotations by document id, whose types are those of the experiment.
    public init(name: String, annotations: [String: [SpanAnnotation]]) {
        self.name = name
        self.annotations = annotations
    }

    /// Makes a function of another model's entities, each as strong as it is probable.
    init(name: String, predictions: [Document], types: LabelingTypes) throws {
        var annotations: [String: [SpanAnnotation]] = [:]
        var targets: [String: LabelingTypes.Target] = [:]
        for document in predictions {
            for entity in document.entities {
                let target =
                    try targets[entity.type]
                    ?? types.resolved(entity.type, of: name, at: "\(name): document \(document.id)")
                targets[entity.type] = target
                let strength: Double =
                    switch entity.provenance {
                    case .gold: 1
                    case .silver(let probability), .predicted(let probability): probability
                    }
                for span in entity.spans {
                    guard let claim = target.claim else { continue }
                    annotations[document.id, default: []].append(
                        SpanAnnotation(span: span, claim: claim, strength: strength, evidence: name))
                }
            }
        }
        self.init(name: name, annotations: annotations)
    }

    /// The votes on a document.
    ///
    /// - Throws: ``WeakLabelingError/annotationBeyondText(document:function:)``.
    public func votes(on document: LabelingContext) throws -> [Vote] {
        guard let annotations = annotations[document.document.document.id] else { return [] }
        let length = document.document.document.text.utf8.count
        return try annotations.compactMap { annotation in
            guard annotation.span.end <= length else {
                throw WeakLabelingError.annotationBeyondText(document: document.document.document.id, function: name)
            }
            let tokens = document.document.segmentation.tokens(overlapping: annotation.span)
            guard !tokens.isEmpty else { return nil }
            return Vote(
                tokens: tokens, claim: annotation.claim, strength: annotation.strength, evidence: annotation.evidence)
        }
    }
}
