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

    private let examples: [TaggingTask.Example]
    private let special: SpecialPieces
    private let batchPieces: Int
    private let generator: SeededGenerator

    /// A probe that learns from `examples`, or from so many of them as have 50,000 words together.
    public init(
        examples: [TaggingTask.Example], special: SpecialPieces, batchPieces: Int, generator: SeededGenerator
    ) {
        var random = generator.derived("probe")
        var words = 0
        self.examples = examples.shuffled(using: &random).filter {
            words += $0.tags.count
            return words <= Self.mostWords
        }
        self.special = special
        self.batchPieces = batchPieces
        self.generator = generator
    }

    /// A tagger of the encoder with a head trained for it; nothing of the encoder changes.
    public func tagger(on encoder: BertForMaskedLM, scheme: TagScheme, seed: UInt64) throws -> BertBiLSTMCRF {
        let network = try BertBiLSTMCRF(probing: encoder, scheme: scheme, seed: seed)
        let targets = examples.flatMap(\.tags).map(Int64.init)
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

    /// The vectors of all words of the examples, [words, H].
    private func words(of network: BertBiLSTMCRF) -> Tensor {
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
        for example in examples {
            let length = example.window.pieces.count + 2
            if pieces + length > batchPieces {
                run()
                pieces = 0
            }
            batch.append(example.window)
            pieces += length
        }
        run()
        let width = network.configuration.hiddenSize
        return Tensor(values, shape: [values.count / width, width])
    }
}
