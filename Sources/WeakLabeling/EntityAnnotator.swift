import ClinicalText
import Lexicons

/// Says of entities that a tagger found how they are meant, and which concepts they are: i2b2's `assertion` and `temporality`
/// from cues and sections, codes from the terms of lexicons.
public struct EntityAnnotator: Sendable {
    private let resources: LabelingResources

    /// An annotator.
    ///
    /// - Parameters:
    ///   - lexicons: where codes come from: terms of the entity's type, or of none, that are the whole entity.
    ///   - contextCues: cues for what is negated, possible, hypothetical, past or somebody else's.
    ///   - contextSections: sections that put all they hold into a context, by their normalized names.
    public init(
        lexicons: [Lexicon], contextCues: ContextCues?, contextSections: [String: AssertionContext]
    ) {
        resources = LabelingResources(
            lexicons: lexicons, ruleFiles: [], contextCues: contextCues, contextSections: contextSections)
    }

    /// The entities of a document with attributes and codes; what they have already stays.
    public func annotated(_ entities: [Entity], in document: SegmentedDocument) throws -> [Entity] {
        guard !entities.isEmpty else { return entities }
        let context = try resources.context(of: document)
        return entities.map { entity in
            let tokens = document.segmentation.tokens(overlapping: entity.hull)
            var entity = entity
            let attributes = AssertionContext.attributes(context.contexts.contexts(of: tokens))
            entity.attributes.merge(attributes) { old, _ in old }
            var codes = Set(entity.codes)
            for (lexicon, matches) in zip(resources.lexicons, context.lexiconMatches) {
                for match in matches where match.tokens == tokens {
                    let entry = lexicon.entries[match.entry]
                    if !entry.code.isEmpty, entry.type.map({ $0 == entity.type }) ?? true { codes.insert(entry.code) }
                }
            }
            entity.codes = codes.sorted()
            return entity
        }
    }
}
