import ClinicalText
import Evaluation
import Models
import Tokenization
import Training

/// Notes as windows of tagged words, what networks learn to tag from.
enum TaggedWindows {
    /// The windows of the documents; what tags cannot hold is counted in `alignment`.
    static func examples(
        of documents: [SegmentedDocument], scheme: TagScheme, tokenizer: WordPieceTokenizer, layout: WindowLayout,
        alignment: inout TagAlignment
    ) -> [TaggingTask.Example] {
        var examples: [TaggingTask.Example] = []
        for document in documents where !document.segmentation.tokens.isEmpty {
            let (tags, counts) = scheme.tags(of: document)
            alignment += counts
            let encoded = tokenizer.encode(document)
            for window in layout.windows(of: encoded, sentences: document.segmentation.sentences) {
                examples.append(
                    TaggingTask.Example(
                        window: PackedBatch.Sequence(window, of: encoded, layout: layout),
                        tags: Array(tags[window.words])))
            }
        }
        return examples
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
