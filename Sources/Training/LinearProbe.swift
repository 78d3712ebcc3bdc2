import ClinicalText
import Essentials
import Models
import Torch
import TorchNN

/// A linear head on an encoder that stays as it is: what its words are worth for finding entities, before fine-tuning.
///
/// The words of the train windows go through the encoder once; the head is trained on what comes out.
/// Source: G. Alain and Y. Bengio, "Understanding intermediate layers using linear classifier probes" (2016).
public struct LinearProbe {
    /// The most words that the head learns from: more would take memory and change little.
    private static let mostWords = 50_000
    private static let epochs = 20
    private static let batchWords = 64
    private static let learningRate = 5e-3

    private let windows: [(window: PackedBatch.Sequence, tags: [Int])]
    private let special: SpecialPieces
    private let batchPieces: Int
    private let generator: SeededGenerator

    /// A probe that learns from windows of words with one tag each, or from so many of them as have 50,000 words
    /// together.
    public init(
        windows: [(window: PackedBatch.Sequence, tags: [Int])], special: SpecialPieces, batchPieces: Int,
        generator: SeededGenerator
    ) {
        var random = generator.derived("probe")
        var words = 0
        self.windows = windows.shuffled(using: &random).filter {
            words += $0.tags.count
            return words <= Self.mostWords
        }
        self.special = special
        self.batchPieces = batchPieces
        self.generator = generator
    }

    /// A tagger of the encoder with a head trained for it; nothing of the encoder changes.
    public func tagger(on encoder: BertForMaskedLM, types: [String], seed: UInt64) throws -> TaggerNetwork {
        let network = try TaggerNetwork(probing: encoder, types: types, seed: seed)
        let targets = windows.flatMap(\.tags).map(Int64.init)
        guard !targets.isEmpty else { return network }
        let words = words(of: network)
        let optimizer = AdamW(
            network.parameters,
            groups: [.init(names: network.parameters.names, learningRate: Self.learningRate, weightDecay: 0)])
        var random = generator.derived("probe's order")
        for _ in 0..<Self.epochs {
            let order = targets.indices.shuffled(using: &random)
            for first in stride(from: 0, to: order.count, by: Self.batchWords) {
                let chosen = order[first..<min(first + Self.batchWords, order.count)]
                let loss = network.classify(words.rows(at: Tensor(chosen.map(Int64.init)))).crossEntropy(
                    targets: Tensor(chosen.map { targets[$0] }))
                loss.backward()
                optimizer.step()
            }
        }
        return network
    }

    /// The vectors of all words of the windows, [words, H].
    private func words(of network: TaggerNetwork) -> Tensor {
        var values: [Float] = []
        var batch: [PackedBatch.Sequence] = []
        func run() {
            guard !batch.isEmpty else { return }
            values += withoutGradients {
                network.words(PackedBatch(batch, special: special), .evaluation).floats()
            }
            batch = []
        }
        var pieces = 0
        for (window, _) in windows {
            let length = window.pieces.count + 2
            if pieces + length > batchPieces {
                run()
                pieces = 0
            }
            batch.append(window)
            pieces += length
        }
        run()
        let width = network.configuration.hiddenSize
        return Tensor(values, shape: [values.count / width, width])
    }
}
