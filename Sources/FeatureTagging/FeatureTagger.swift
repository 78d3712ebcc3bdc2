import ClinicalText
import Essentials
import SequenceInference

/// Finds entities with a feature-based conditional random field, sentence by sentence, on all processors.
///
/// Small and quick to train, and without an encoder: what a neural tagger has to beat. Confidences are the exact
/// probabilities of whole entities under the chain.
public struct FeatureTagger: EntityTagger, Sendable {
    /// What it learned.
    public let model: FeatureModel
    /// What it is told about documents besides their words; must be what it was in training.
    public let context: FeatureContext
    /// Whether more than one processor is used.
    var isParallel = true

    /// The most sentences that are tagged in one piece of work.
    private static let sentencesPerPiece = 64

    /// Makes a tagger of a model.
    public init(_ model: FeatureModel, context: FeatureContext = FeatureContext()) {
        self.model = model
        self.context = context
    }

    /// Loads a tagger's folder that ``FeatureModel/save(to:training:)`` wrote.
    ///
    /// - Throws: `FileError` or ``FeatureTaggingError``.
    public init(folder: String, context: FeatureContext = FeatureContext()) throws {
        self.init(try FeatureModel(folder: folder), context: context)
    }

    /// The types it can find, in the order of the tags.
    public var entityTypes: [String] { model.scheme.types }

    /// The entities of each document, in the order of the documents, with the probability of each whole entity.
    ///
    /// - Throws: `InterruptedError` when the user asks to stop.
    public func entities(in documents: [SegmentedDocument]) throws -> [[Entity]] {
        let sentences = try map(documents) { context.sentences(of: $0) }
        var pieces: [(document: Int, sentences: Range<Int>)] = []
        for (document, sentences) in sentences.enumerated() {
            for first in stride(from: 0, to: sentences.count, by: Self.sentencesPerPiece) {
                pieces.append((document, first..<min(first + Self.sentencesPerPiece, sentences.count)))
            }
        }
        let found = try map(pieces) { piece in
            try Interruption.check()
            return piece.sentences.flatMap { place in
                entities(in: sentences[piece.document][place], place, of: documents[piece.document])
            }
        }
        var result = [[Entity]](repeating: [], count: documents.count)
        for (piece, entities) in zip(pieces, found) {
            for var entity in entities {
                entity.id = "E\(result[piece.document].count)"
                result[piece.document].append(entity)
            }
        }
        return result
    }

    private func entities(in sentence: FeatureSentence, _ place: Int, of document: SegmentedDocument) -> [Entity] {
        let scheme = model.scheme
        let emissions = model.emissions(of: sentence)
        let runs = scheme.runs(in: model.chain.decode(emissions: emissions))
        if runs.isEmpty { return [] }
        let segments = runs.map { run in
            let inside = scheme.inside(run.typeIndex)
            return TagSegment(
                start: run.tokens.lowerBound,
                tags: [scheme.begin(run.typeIndex)] + [Int](repeating: inside, count: run.tokens.count - 1),
                excludedNext: inside)
        }
        let probabilities = model.chain.segmentProbabilities(emissions: emissions, segments: segments)
        let tokens = document.segmentation.tokens[document.segmentation.sentences[place].tokens]
        return zip(runs, probabilities).map { run, probability in
            let first = tokens[tokens.startIndex + run.tokens.lowerBound].span
            let last = tokens[tokens.startIndex + run.tokens.upperBound - 1].span
            return Entity(
                type: scheme.types[run.typeIndex], spans: [first.union(last)],
                provenance: .predicted(confidence: probability))
        }
    }

    private func map<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ transform: @Sendable (Input) throws -> Output
    ) throws -> [Output] {
        isParallel ? try inputs.concurrentMap(transform) : try inputs.map(transform)
    }
}
