import Essentials
import Foundation
import TestSupport
import Testing
import Tokenization
import Torch
import TorchNN

@testable import Models

struct EncoderFolderTests {
    private static let layoutNames: [String] = [
        "safetensors", "safetensors-sharded", "bin", "bin-sharded", "bin-legacy",
    ]

    private static func folder(_ layout: String) -> String { SharedData.fixture("checkpoints/\(layout)") }

    private static func hidden(_ folder: String, ids: [Int32]) throws -> [Float] {
        let folder = EncoderFolder(path: folder)
        let root = Scope(parameters: Parameters(), generator: SeededGenerator(seed: 0))
        let bert = try Bert(
            EncoderFolder.encoderScope(root, file: try folder.weights()), configuration: folder.configuration())
        let batch = PackedBatch(
            [.init(pieces: Array(ids.dropFirst().dropLast()), firstPieces: [])], special: TinyModel.special)
        let values = withoutGradients { bert(batch, .evaluation) }.floats()
        return Array(values.prefix(ids.count * bert.configuration.hiddenSize))
    }

    @Test("the same BERT in every layout has the same hidden states, those of the reference")
    func layouts() throws {
        let reference = try SafetensorsFile(path: SharedData.fixture("checkpoints/hidden.safetensors"))
        let ids = try reference.tensor(named: "ids").int64s().map(Int32.init)
        let expected = try reference.tensor(named: "hidden").floats()
        let first = try Self.hidden(Self.folder(Self.layoutNames[0]), ids: ids)
        #expect(zip(first, expected).allSatisfy { abs($0 - $1) < 1e-5 } && first.count == expected.count)
        for layout in Self.layoutNames.dropFirst() {
            #expect(try Self.hidden(Self.folder(layout), ids: ids) == first, "\(layout)")
        }
    }

    @Test(
        "every layout loads with the masked-LM head, its own where it has one, and below a tagger",
        arguments: zip(layoutNames, [true, false, false, true, false]))
    func heads(layout: String, isNew: Bool) throws {
        let model = try BertForMaskedLM(folder: Self.folder(layout), seed: 1)
        #expect(model.headIsNew == isNew)
        #expect(throws: Never.self) {
            try TaggerNetwork(
                encoderFolder: Self.folder(layout), types: TinyModel.scheme.types, architecture: .init(lstmUnits: 4),
                seed: 1)
        }
    }

    @Test("a folder that is written always has vocab.txt, and the same tokenizer", arguments: layoutNames)
    func saving(layout: String) throws {
        try withTemporaryFolder { folder in
            let source = Self.folder(layout)
            let saved = "\(folder)/saved"
            try BertForMaskedLM(folder: source, seed: 1).save(to: saved, tokenizerFrom: source)
            #expect(
                FileManager.default.contents(atPath: "\(saved)/vocab.txt")
                    == FileManager.default.contents(atPath: "\(Self.folder("bin"))/vocab.txt"))
            #expect(try TokenizerConfiguration(folder: saved) == TokenizerConfiguration(folder: source))
            let text = "Painful chest PAIN é"
            #expect(
                try WordPieceTokenizer(folder: saved).encode(text[...]).ids
                    == WordPieceTokenizer(folder: source).encode(text[...]).ids)
            #expect(throws: Never.self) { try BertForMaskedLM(folder: saved, seed: 1) }
        }
    }

    @Test("the head of a task is left out, and any other tensor without a place is not")
    func taskHeads() throws {
        try withTemporaryFolder { folder in
            try TinyModel.writeEncoder(to: folder, prefix: "bert.")
            let path = "\(folder)/model.safetensors"
            let file = try SafetensorsFile(path: path)
            let tensors = try file.names.map { (name: $0, tensor: try file.tensor(named: $0)) }
            try SafetensorsWriter.write(tensors + [("classifier.bias", .zeros([3]))], to: path)
            #expect(throws: Never.self) { try BertForMaskedLM(folder: folder, seed: 1) }
            try SafetensorsWriter.write(tensors + [("adapter.bias", .zeros([3]))], to: path)
            #expect(throws: CheckpointError.unexpectedTensor(path: path, tensor: "adapter.bias")) {
                try BertForMaskedLM(folder: folder, seed: 1)
            }
        }
    }

    @Test("a vocabulary in tokenizer.json must have as many pieces as the weights")
    func vocabularies() throws {
        try withTemporaryFolder { folder in
            try TinyModel.writeEncoder(to: folder)
            try FileManager.default.removeItem(atPath: "\(folder)/vocab.txt")
            let tokenizer = "\(folder)/tokenizer.json"
            try FileManager.default.copyItem(
                atPath: "\(Self.folder("bin-sharded"))/tokenizer.json", toPath: tokenizer)
            let expected = ModelError.vocabularyMismatch(
                vocabulary: tokenizer, pieces: 12, weights: "\(folder)/model.safetensors", rows: 32)
            #expect(throws: expected) { try BertForMaskedLM(folder: folder, seed: 1) }
        }
    }
}
