import ClinicalText
import Essentials
import Models
import TorchNN

@testable import Training

/// A network small enough for a test, and examples that it can learn.
enum TinyTagger {
    static let special = SpecialPieces(classifier: 2, separator: 3, padding: 0)
    static let scheme = TagScheme(types: ["Disease"])
    static let vocabularySize = 30

    static func configuration() -> BertConfiguration {
        BertConfiguration(
            vocabularySize: vocabularySize, hiddenSize: 16, layerCount: 2, headCount: 2, intermediateSize: 32,
            maximumPositions: 64, hiddenDropout: 0.1, attentionDropout: 0.1)
    }

    static func model(seed: UInt64 = 1) throws -> BertBiLSTMCRF {
        try BertBiLSTMCRF(
            configuration: configuration(), scheme: scheme, head: .init(lstmUnits: 6, dropout: 0.1), seed: seed)
    }

    /// Windows of four to nine words; every word of an even id begins a disease.
    static func examples(_ count: Int, seed: UInt64) -> [TaggingTask.Example] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let pieces = (0..<Int.random(in: 4...9, using: &random)).map { _ in
                Int32.random(in: 5..<Int32(vocabularySize), using: &random)
            }
            return TaggingTask.Example(
                window: PackedBatch.Sequence(pieces: pieces, firstPieces: Array(pieces.indices)),
                tags: pieces.map { $0 % 2 == 0 ? scheme.begin(0) : TagScheme.outside })
        }
    }

    /// The mean loss over examples, without dropout and without leaving gradients behind.
    static func loss(of model: BertBiLSTMCRF, on examples: [TaggingTask.Example]) -> Double {
        let batch = PackedBatch(examples.map(\.window), special: special)
        let loss = model.addGradients(of: batch, tags: examples.flatMap(\.tags), .evaluation)
        model.parameters.clearGradients()
        return loss
    }
}
