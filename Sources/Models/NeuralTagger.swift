import ClinicalText
import Essentials
import SequenceInference
import Tokenization
import Torch
import TorchNN

/// Finds entities with a trained ``TaggerNetwork``.
///
/// Long documents go through the network in windows. Each word keeps the scores from the window it lies deepest in, and
/// one Viterbi pass over the whole document's words decides in each chain, so that no window boundary cuts an entity.
/// Confidences are the exact probabilities of whole entities under their chain.
public final class NeuralTagger: EntityTagger {
    /// The network.
    public let model: TaggerNetwork
    /// What makes its confidences come true.
    public let calibration: Calibration
    private let reader: WordReader
    private let special: SpecialPieces

    /// The most pieces that go through the network together, one window always fits.
    ///
    /// More would not be faster: the products are long enough, and activations then leave the caches.
    private static let batchPieces = 1024

    /// The types it can find, in the order of the tags.
    public var entityTypes: [String] { model.types }

    /// How documents are cut.
    public var windows: WindowLayout { reader.windows }

    /// Loads a tagger folder that ``TaggerNetwork/save(to:tokenizerFrom:windows:training:copying:)`` wrote.
    ///
    /// - Parameter features: what tells which of the lexicon features hold, where the network has some.
    /// - Throws: ``FileError``, ``ModelError``, ``CheckpointError`` or ``TokenizationError``.
    public convenience init(folder: String, features: (any WordFeatureSource)? = nil) throws {
        let path = "\(folder)/\(TaggerSettings.fileName)"
        let settings = try TaggerSettings(contentsOf: path)
        let model = try TaggerNetwork(taggerFolder: folder)
        guard settings.windows.maxPieces <= model.configuration.maximumPositions else {
            throw ModelError.unsupportedValue(
                path: path, key: "windows.maxPieces", found: "\(settings.windows.maxPieces)",
                supported: "up to max_position_embeddings in config.json, \(model.configuration.maximumPositions)")
        }
        guard features?.names ?? [] == model.architecture.features else {
            throw ModelError.unsupportedValue(
                path: path, key: "architecture.features", found: "\(model.architecture.features.count) features",
                supported: "those of the lexicons in the folder, \(features?.names.count ?? 0)")
        }
        self.init(
            model: model,
            reader: WordReader(
                tokenizer: try WordPieceTokenizer(folder: folder), windows: settings.windows,
                architecture: model.architecture, features: features),
            calibration: settings.calibration ?? Calibration())
    }

    /// A tagger with a network in training, for judging it between epochs.
    public init(model: TaggerNetwork, reader: WordReader, calibration: Calibration = Calibration()) {
        self.model = model
        self.calibration = calibration
        self.reader = reader
        special = SpecialPieces(reader.tokenizer.vocabulary)
    }

    /// The entities of each document, in the order of the documents, with the probability of each whole entity.
    ///
    /// - Throws: ``InterruptedError`` when the user asks to stop.
    public func entities(in documents: [SegmentedDocument]) throws -> [[Entity]] {
        let chains = chains(at: calibration.temperature)
        return zip(documents, try decoded(documents)).map { document, decoded in
            entities(of: decoded, in: document, chains)
        }
    }

    /// What is found in each document, in the order of the documents.
    ///
    /// - Throws: `InterruptedError` when the user asks to stop.
    public func decoded(_ documents: [SegmentedDocument]) throws -> [DecodedDocument] {
        var result: [DecodedDocument] = []
        result.reserveCapacity(documents.count)
        let chains = model.chains.map { ($0, $0.inference()) }
        try forEachDocument(documents) { _, emissions in
            result.append(
                DecodedDocument(
                    chains: chains.map { chain, inference in
                        let emissions = self.emissions(of: chain, in: emissions)
                        let runs = chain.scheme.runs(in: inference.decode(emissions: emissions))
                        return DecodedDocument.Chain(emissions: emissions, runs: runs)
                    }))
        }
        return result
    }

    /// The most probable tag of each word in each chain, decoded as in ``entities(in:)``; chain by chain.
    public func tags(of documents: [SegmentedDocument]) throws -> [[[Int]]] {
        let inferences = model.chains.map { $0.inference() }
        return try decoded(documents).map { decoded in
            zip(decoded.chains, inferences).map { $1.decode(emissions: $0.emissions) }
        }
    }

    /// Runs the network over all windows, filling batches across documents, and hands over each document's emissions,
    /// one row a word, in the order of the documents.
    private func forEachDocument(
        _ documents: [SegmentedDocument], _ body: (Int, [Float]) -> Void
    ) throws {
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
                    let range = owned * columnCount..<(owned + window.owned.count) * columnCount
                    emissions[document, default: []] += scores[range]
                    row += window.words.count
                }
                pending.removeAll(keepingCapacity: true)
                pendingPieces = 0
            }
            while next < finishedBefore {
                body(next, emissions.removeValue(forKey: next) ?? [])
                next += 1
            }
        }
        for (index, document) in documents.enumerated() {
            for (window, sequence) in try reader.windows(of: document) {
                let pieces = sequence.pieces.count + 2
                if pendingPieces + pieces > Self.batchPieces { try run(finishedBefore: index) }
                pending.append((index, window, sequence))
                pendingPieces += pieces
            }
        }
        try run(finishedBefore: documents.count)
    }

    private var columnCount: Int { model.chains.last?.columns.upperBound ?? 0 }

    private func emissions(of chain: TagChain, in all: [Float]) -> [Float] {
        chain.emissions(in: all, words: 0..<all.count / max(1, columnCount), columnCount: columnCount)
    }

    /// A chain of the network at a temperature, and what its emissions are multiplied by.
    typealias TemperedChain = (scheme: TagScheme, inference: LinearChainCRF, factor: Float)

    /// The chains at a temperature.
    func chains(at temperature: Double) -> [TemperedChain] {
        let factor = Float(1 / temperature)
        return model.chains.map { ($0.scheme, $0.inference().scaled(by: factor), factor) }
    }

    /// The entities that were found in a document, with the probability of each whole entity under the chains.
    func entities(of decoded: DecodedDocument, in document: SegmentedDocument, _ chains: [TemperedChain]) -> [Entity] {
        var entities = zip(chains, decoded.chains).flatMap { chain, decoded in
            self.entities(of: decoded, in: document, chain)
        }
        if model.chains.count > 1 {
            entities.sort { ($0.hull.start, $1.hull.end) < ($1.hull.start, $0.hull.end) }
        }
        for index in entities.indices { entities[index].id = "E\(index)" }
        return entities
    }

    private func entities(
        of decoded: DecodedDocument.Chain, in document: SegmentedDocument, _ chain: TemperedChain
    ) -> [Entity] {
        if decoded.runs.isEmpty { return [] }
        let (scheme, tokens) = (chain.scheme, document.segmentation.tokens)
        let segments = decoded.runs.map { run in
            let inside = scheme.inside(run.typeIndex)
            return TagSegment(
                start: run.tokens.lowerBound,
                tags: [scheme.begin(run.typeIndex)] + [Int](repeating: inside, count: run.tokens.count - 1),
                excludedNext: inside)
        }
        let factor = chain.factor
        let probabilities = chain.inference.segmentProbabilities(
            emissions: factor == 1 ? decoded.emissions : decoded.emissions.map { $0 * factor }, segments: segments)
        return zip(decoded.runs, probabilities).map { run, probability in
            let span = tokens[run.tokens.lowerBound].span.union(tokens[run.tokens.upperBound - 1].span)
            return Entity(
                id: "", type: scheme.types[run.typeIndex], spans: [span],
                provenance: .predicted(confidence: probability))
        }
    }
}
