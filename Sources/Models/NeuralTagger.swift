import ClinicalText
import Essentials
import SequenceInference
import Tokenization
import Torch
import TorchNN

/// Finds entities with a trained ``BertBiLSTMCRF``.
///
/// Long documents go through the network in windows. Each word keeps the scores from the window it lies deepest in, and
/// one Viterbi pass over the whole document's words decides, so that no window boundary cuts an entity. Confidences
/// are the exact probabilities of whole entities under the chain.
public final class NeuralTagger: EntityTagger {
    /// The network.
    public let model: BertBiLSTMCRF
    /// How documents are cut.
    public let windows: WindowLayout
    private let tokenizer: WordPieceTokenizer
    private let special: SpecialPieces

    /// The most pieces that go through the network together, one window always fits.
    ///
    /// More would not be faster: the products are long enough, and activations then leave the caches.
    private static let batchPieces = 1024

    /// The types it can find, in the order of the tags.
    public var entityTypes: [String] { model.scheme.types }

    /// Loads a tagger folder that ``BertBiLSTMCRF/save(to:tokenizerFrom:windows:training:)`` wrote.
    ///
    /// - Throws: ``FileError``, ``ModelError``, ``CheckpointError`` or ``TokenizationError``.
    public convenience init(folder: String) throws {
        let settings = try TaggerSettings(contentsOf: "\(folder)/\(TaggerSettings.fileName)")
        let model = try BertBiLSTMCRF(taggerFolder: folder)
        guard settings.windows.maxPieces <= model.configuration.maximumPositions else {
            throw ModelError.unsupportedValue(
                path: "\(folder)/\(TaggerSettings.fileName)", key: "windows.maxPieces",
                found: "\(settings.windows.maxPieces)",
                supported: "up to max_position_embeddings in config.json, \(model.configuration.maximumPositions)")
        }
        self.init(model: model, tokenizer: try WordPieceTokenizer(folder: folder), windows: settings.windows)
    }

    /// A tagger with a network in training, for judging it between epochs.
    public init(model: BertBiLSTMCRF, tokenizer: WordPieceTokenizer, windows: WindowLayout) {
        self.model = model
        self.tokenizer = tokenizer
        self.windows = windows
        special = SpecialPieces(tokenizer.vocabulary)
    }

    /// The entities of each document, in the order of the documents, with the probability of each whole entity.
    ///
    /// - Throws: ``InterruptedError`` when the user asks to stop.
    public func entities(in documents: [SegmentedDocument]) throws -> [[Entity]] {
        var result = [[Entity]](repeating: [], count: documents.count)
        try forEachDocument(documents) { index, emissions, chain in
            result[index] = entities(in: documents[index], emissions: emissions, chain: chain)
        }
        return result
    }

    /// The most probable tag of each word, with one row of emissions a word handed to the same chain as ``entities(in:)``.
    public func tags(of documents: [SegmentedDocument]) throws -> [[Int]] {
        var result = [[Int]](repeating: [], count: documents.count)
        try forEachDocument(documents) { index, emissions, chain in result[index] = chain.decode(emissions: emissions) }
        return result
    }

    /// Runs the network over all windows, filling batches across documents, and hands over each document's emissions,
    /// one row a word, in the order of the documents.
    private func forEachDocument(
        _ documents: [SegmentedDocument], _ body: (Int, [Float], LinearChainCRF) -> Void
    ) throws {
        let chain = model.chain()
        var pending: [(document: Int, window: Window, sequence: PackedBatch.Sequence)] = []
        var pendingPieces = 0
        var emissions: [Int: [Float]] = [:]
        var next = 0
        func run(finishedBefore: Int) throws {
            try Interruption.check()
            if !pending.isEmpty {
                let batch = PackedBatch(pending.map(\.sequence), special: special)
                let scores = withoutGradients { model.emissions(batch, .evaluation).floats() }
                var row = 0
                for (document, window, _) in pending {
                    let owned = window.owned.lowerBound - window.words.lowerBound + row
                    let range = owned * chain.tagCount..<(owned + window.owned.count) * chain.tagCount
                    emissions[document, default: []] += scores[range]
                    row += window.words.count
                }
                pending.removeAll(keepingCapacity: true)
                pendingPieces = 0
            }
            while next < finishedBefore {
                body(next, emissions.removeValue(forKey: next) ?? [], chain)
                next += 1
            }
        }
        for (index, document) in documents.enumerated() {
            let encoded = tokenizer.encode(document)
            for window in windows.windows(of: encoded, sentences: document.segmentation.sentences) {
                let sequence = PackedBatch.Sequence(window, of: encoded, layout: windows)
                let pieces = sequence.pieces.count + 2
                if pendingPieces + pieces > Self.batchPieces { try run(finishedBefore: index) }
                pending.append((index, window, sequence))
                pendingPieces += pieces
            }
        }
        try run(finishedBefore: documents.count)
    }

    private func entities(
        in document: SegmentedDocument, emissions: [Float], chain: LinearChainCRF
    ) -> [Entity] {
        let scheme = model.scheme
        let tokens = document.segmentation.tokens
        let runs = scheme.runs(in: chain.decode(emissions: emissions))
        if runs.isEmpty { return [] }
        let segments = runs.map { run in
            let inside = scheme.inside(run.typeIndex)
            return TagSegment(
                start: run.tokens.lowerBound,
                tags: [scheme.begin(run.typeIndex)] + [Int](repeating: inside, count: run.tokens.count - 1),
                excludedNext: inside)
        }
        let probabilities = chain.segmentProbabilities(emissions: emissions, segments: segments)
        return zip(runs, probabilities).enumerated().map { index, entry in
            let (run, probability) = entry
            let span = tokens[run.tokens.lowerBound].span.union(tokens[run.tokens.upperBound - 1].span)
            return Entity(
                id: "E\(index)", type: scheme.types[run.typeIndex], spans: [span],
                provenance: .predicted(confidence: probability))
        }
    }
}
