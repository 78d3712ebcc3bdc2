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

    /// The windows of the documents.
    mutating func examples(of documents: [SegmentedDocument]) throws -> [TaggingTask.Example] {
        var examples: [TaggingTask.Example] = []
        for document in documents where !document.segmentation.tokens.isEmpty {
            let tags = tags(of: document)
            examples += try reader.windows(of: document).map { window, sequence in
                TaggingTask.Example(window: sequence, targets: tags.map { .tags(Array($0[window.words])) })
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

extension NeuralTagger {
    /// Strict micro scores on notes with gold.
    func strictScores(on notes: [SegmentedDocument]) throws -> Counts {
        let gold = notes.map(\.document)
        let predicted = zip(gold, try entities(in: notes)).map { document, entities in
            var document = document
            document.entities = entities
            return document
        }
        return try Evaluator.evaluate(
            gold: gold, predicted: predicted, types: entityTypes, bootstrapSamples: 0, seed: 0
        ).micro
    }
}
