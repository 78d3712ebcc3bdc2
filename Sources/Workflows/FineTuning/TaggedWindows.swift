import ClinicalText
import Evaluation
import Models
import Training

/// Notes as windows of tagged words, what networks learn to tag from.
struct TaggedWindows {
    private let reader: WordReader
    private let types: TagScheme
    private let schemes: [TagScheme]
    /// What tags could not hold.
    private(set) var alignment = TagAlignment()

    /// Windows for networks of an architecture over some types.
    init(reader: WordReader, types: [String], architecture: TaggerArchitecture) {
        self.reader = reader
        self.types = TagScheme(types: types)
        schemes = TagChain.schemes(of: types, architecture.chains)
    }

    /// The windows of the documents, whose words have one tag each.
    mutating func examples(of documents: [SegmentedDocument], weight: Float = 1) throws -> [TaggingTask.Example] {
        try examples(of: documents) { _, tags in (tags.map { .tags($0) }, { _ in weight }) }
    }

    /// The windows of weakly labeled documents, with targets and weights as a stage wants them.
    mutating func examples(
        of documents: [SegmentedDocument], tokens: SilverTokens, stage: TrainStage
    ) throws -> [TaggingTask.Example] {
        let (schemes, share) = (schemes, Float(stage.silverWeight))
        return try examples(of: documents) { document, tags in
            let distributions = try tokens.distributions(of: document)
            let targets = zip(schemes, tags).map { scheme, tags -> TagTargets in
                switch stage.targets {
                case .hard: .tags(tags)
                case .soft:
                    .probabilities(
                        distributions.tags(scheme, starts: Set(tags.indices.filter { scheme.isBegin(tags[$0]) })))
                case .partial:
                    .permitted(
                        distributions.permitted(
                            scheme, tags: tags, least: Float(stage.leastProbability),
                            unknownIsOutside: stage.unknownIsOutside))
                }
            }
            return (
                targets, { share * (stage.weightsByConfidence ? distributions.confidence(in: $0) : 1) }
            )
        }
    }

    /// The windows of documents that a tagger labeled: where it was not sure of an entity, its words may be anything.
    mutating func examples(
        ofTagged documents: [SegmentedDocument], stage: TrainStage
    ) throws -> [TaggingTask.Example] {
        let schemes = schemes
        return try examples(of: documents) { document, tags in
            let unsure = document.document.entities.filter {
                $0.provenance.probability ?? 1 < stage.minimumConfidence
            }.map { document.segmentation.tokens(overlapping: $0.hull) }
            let distributions = TokenDistributions(
                types: [], probabilities: [Float](repeating: 1, count: document.segmentation.tokens.count),
                isUnknown: document.segmentation.tokens.indices.map { token in
                    unsure.contains { $0.contains(token) }
                })
            let targets = zip(schemes, tags).map { scheme, tags in
                TagTargets.permitted(
                    // Of words that nobody is unsure of, only the tag itself.
                    distributions.permitted(scheme, tags: tags, least: 2, unknownIsOutside: false))
            }
            return (targets, { _ in Float(stage.silverWeight) })
        }
    }

    /// The windows of documents; `targets` says what a document's words should be tagged as in each chain, from their
    /// tags, and how much a window counts.
    private mutating func examples(
        of documents: [SegmentedDocument],
        targets: (SegmentedDocument, [[Int]]) throws -> ([TagTargets], (Range<Int>) -> Float)
    ) throws -> [TaggingTask.Example] {
        var examples: [TaggingTask.Example] = []
        for document in documents where !document.segmentation.tokens.isEmpty {
            let (targets, weight) = try targets(document, tags(of: document))
            examples += try reader.windows(of: document).map { window, sequence in
                TaggingTask.Example(
                    window: sequence,
                    targets: zip(schemes, targets).map { $1.part(window.words, tagCount: $0.count) },
                    weight: weight(window.words))
            }
        }
        return examples
    }

    /// The tags of each chain.
    private mutating func tags(of document: SegmentedDocument) -> [[Int]] {
        if schemes.count == 1 {
            let (tags, counts) = schemes[0].tags(of: document)
            alignment += counts
            return [tags]
        }
        alignment.otherType += document.document.entities.count { types.index(of: $0.type) == nil }
        return schemes.map { scheme in
            var (tags, counts) = scheme.tags(of: document)
            // The types of the other chains.
            counts.otherType = 0
            alignment += counts
            return tags
        }
    }
}
