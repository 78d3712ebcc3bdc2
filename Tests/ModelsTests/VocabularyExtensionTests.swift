import Essentials
import Foundation
import TestSupport
import Testing
import Tokenization
import Torch
import TorchNN

@testable import Models

struct VocabularyExtensionTests {
    private static let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "hypo", "##nat", "##remia", "pain"]
    private static let word = VocabularyReport.Word(
        text: "hyponatremia", pieces: ["hypo", "##nat", "##remia"], count: 3, notes: 2, capitalized: 0)

    private func withEncoder(_ body: (_ source: String, _ folder: String) throws -> Void) throws {
        try withTemporaryFolder { folder in
            try AtomicFile.makeFolder("\(folder)/vocabulary")
            try AtomicFile.write(
                Self.pieces.joined(separator: "\n") + "\n", to: "\(folder)/vocabulary/vocab.txt")
            try AtomicFile.write("{}", to: "\(folder)/vocabulary/tokenizer.json")
            let sizes = BertConfiguration(
                vocabularySize: Self.pieces.count, hiddenSize: 16, layerCount: 2, headCount: 2, intermediateSize: 32,
                maximumPositions: 16)
            let model = try BertForMaskedLM(configuration: sizes, seed: 1)
            let bias = try #require(model.parameters["cls.predictions.bias"])
            bias.withMutableFloats { values in for index in values.indices { values[index] = Float(index) } }
            try model.save(to: "\(folder)/source", tokenizerFrom: "\(folder)/vocabulary")
            try body("\(folder)/source", "\(folder)/extended")
        }
    }

    @Test("a new piece begins as the mean of those that spelled the word")
    func means() throws {
        try withEncoder { source, folder in
            try VocabularyExtension.write(words: [Self.word], from: source, to: folder)
            let old = try BertForMaskedLM(folder: source, seed: 1)
            let new = try BertForMaskedLM(folder: folder, seed: 1)
            #expect(!new.headIsNew && new.configuration.vocabularySize == 10)
            let name = "bert.embeddings.word_embeddings.weight"
            let before = try #require(old.parameters[name]).floats()
            let after = try #require(new.parameters[name]).floats()
            #expect(Array(after[..<before.count]) == before)
            let mean: [Float] = (0..<16).map { column in
                let sum: Float = before[80 + column] + before[96 + column] + before[112 + column]
                return sum / 3
            }
            #expect(Array(after[before.count...]) == mean)
            #expect(try #require(new.parameters["cls.predictions.bias"]).floats() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 6])
            for parameter in old.parameters.names where parameter != name && parameter != "cls.predictions.bias" {
                #expect(new.parameters[parameter]?.floats() == old.parameters[parameter]?.floats(), "\(parameter)")
            }
        }
    }

    @Test("the word is one piece of the new vocabulary, and of every tokenizer that reads the folder")
    func tokenizer() throws {
        try withEncoder { source, folder in
            try VocabularyExtension.write(words: [Self.word], from: source, to: folder)
            let tokenizer = try WordPieceTokenizer(folder: folder)
            #expect(tokenizer.encode("Hyponatremia pain hyponat").ids == [9, 8, 5, 6])
            // It would still have the old vocabulary.
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/tokenizer.json"))
        }
    }

    @Test("texts without the new word have the hidden states they had")
    func states() throws {
        try withEncoder { source, folder in
            try VocabularyExtension.write(words: [Self.word], from: source, to: folder)
            let batch = PackedBatch(
                [.init(pieces: [5, 8, 6, 7], firstPieces: [0])],
                special: SpecialPieces(classifier: 2, separator: 3, padding: 0))
            func logits(_ path: String) throws -> [[Float]] {
                let model = try BertForMaskedLM(folder: path, seed: 1)
                let values = withoutGradients { model.logits(batch, rows: [1, 2], .evaluation).floats() }
                let width = model.configuration.vocabularySize
                return [0, 1].map { Array(values[$0 * width..<$0 * width + 9]) }
            }
            for (old, new) in zip(try logits(source), try logits(folder)) {
                #expect(zip(old, new).allSatisfy { abs($0 - $1) < 1e-5 })
            }
        }
    }
}
