import ClinicalText
import Essentials
import Foundation
import Torch
import TorchNN

@testable import Models

/// A BERT small enough for a test, with its vocabulary.
enum TinyModel {
    static let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + (0..<25).map { "w\($0)" } + ["##s", "##ed"]
    static let special = SpecialPieces(classifier: 2, separator: 3, padding: 0)
    static let scheme = TagScheme(types: ["Disease", "Medication"])

    static func configuration(dropout: Double = 0.1) -> BertConfiguration {
        BertConfiguration(
            vocabularySize: words.count, hiddenSize: 16, layerCount: 2, headCount: 2, intermediateSize: 32,
            maximumPositions: 64, hiddenDropout: dropout, attentionDropout: dropout)
    }

    /// Writes an encoder folder without a head.
    static func writeEncoder(to folder: String, seed: UInt64 = 1, prefix: String = "") throws {
        let model = try BertForMaskedLM(configuration: configuration(), seed: seed)
        let encoder = model.parameters.all.filter { $0.name.hasPrefix("bert.") }
            .map { (name: prefix + $0.name.dropFirst(5), tensor: $0.tensor) }
        try AtomicFile.makeFolder(folder)
        try SafetensorsWriter.write(encoder, to: "\(folder)/model.safetensors")
        try AtomicFile.write(configuration().encoded(architecture: "BertModel"), to: "\(folder)/config.json")
        try AtomicFile.write(words.joined(separator: "\n") + "\n", to: "\(folder)/vocab.txt")
    }

    /// Sequences of words of one or two pieces, of the given numbers of words.
    static func sequences(_ wordCounts: [Int], seed: UInt64 = 1) -> [PackedBatch.Sequence] {
        var generator = SeededGenerator(seed: seed)
        return wordCounts.map { count in
            var pieces: [Int32] = []
            var first: [Int] = []
            for _ in 0..<count {
                first.append(pieces.count)
                pieces.append(Int32.random(in: 5..<30, using: &generator))
                if Bool.random(using: &generator) { pieces.append(Int32.random(in: 30..<32, using: &generator)) }
            }
            return PackedBatch.Sequence(pieces: pieces, firstPieces: first)
        }
    }

    /// Tags that follow from the words: `w5 w6` is a disease, `w7` a medication, and so on, periodically.
    static func tags(of sequence: PackedBatch.Sequence) -> [Int] {
        var tags: [Int] = []
        for first in sequence.firstPieces {
            switch sequence.pieces[first] % 5 {
            case 0: tags.append(scheme.begin(0))
            case 1: tags.append(tags.last == scheme.begin(0) ? scheme.inside(0) : TagScheme.outside)
            case 2: tags.append(scheme.begin(1))
            default: tags.append(TagScheme.outside)
            }
        }
        return tags
    }
}
