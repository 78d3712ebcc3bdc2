import Essentials
import Foundation
import TestSupport
import Testing
import Torch
import TorchNN

@testable import Models

let encoderFolder = "\(SharedData.deps)/models/minilm-l6"
let hasEncoder = FileManager.default.fileExists(atPath: "\(encoderFolder)/model.safetensors")

struct BertTests {
    private struct Reference: Decodable {
        struct Case: Decodable {
            var name: String
            var ids: [Int32]
        }
        var cases: [Case]
    }

    @Test(
        "hidden states are the reference's within 1e-4, alone and packed together",
        .enabled(if: hasEncoder, "needs the encoder that make setup brings"))
    func hiddenStates() throws {
        let json = try Data(contentsOf: URL(fileURLWithPath: SharedData.fixture("reference/bert-hidden.json")))
        let cases = try JSONDecoder().decode(Reference.self, from: json).cases
        let expected = try SafetensorsFile(path: SharedData.fixture("reference/bert-hidden.safetensors"))
        let configuration = try EncoderFolder(path: encoderFolder).configuration()
        let file = try SafetensorsFile(path: "\(encoderFolder)/model.safetensors")
        let root = Scope(parameters: Parameters(), generator: SeededGenerator(seed: 0))
        let bert = try Bert(EncoderFolder.encoderScope(root, file: file), configuration: configuration)
        let special = SpecialPieces(classifier: 101, separator: 102, padding: 0)
        let sequences = cases.map {
            PackedBatch.Sequence(pieces: Array($0.ids.dropFirst().dropLast()), firstPieces: [])
        }
        for indices in cases.indices.map({ [$0] }) + [Array(cases.indices)] {
            let batch = PackedBatch(indices.map { sequences[$0] }, special: special)
            let hidden = withoutGradients { bert(batch, .evaluation) }
            #expect(hidden.shape[0] % 32 == 0)
            let values = hidden.floats()
            for (place, index) in indices.enumerated() {
                let reference = try expected.tensor(named: "\(cases[index].name).last_hidden_state").floats()
                let start = batch.starts[place] * configuration.hiddenSize
                let difference = zip(values[start..<start + reference.count], reference).map { abs($0 - $1) }.max() ?? 1
                #expect(difference < 1e-4, "\(cases[index].name) among \(indices.count)")
            }
        }
        let short = PackedBatch([sequences[0]], special: special)
        let embedded = withoutGradients { bert.embeddings(short, .evaluation) }.floats()
        let reference = try expected.tensor(named: "short.embeddings").floats()
        #expect(zip(embedded, reference).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test("an encoder loads with and without the prefix bert.")
    func prefixes() throws {
        try withTemporaryFolder { folder in
            try TinyModel.writeEncoder(to: "\(folder)/plain")
            try TinyModel.writeEncoder(to: "\(folder)/prefixed", prefix: "bert.")
            let models = try ["plain", "prefixed"].map { try BertForMaskedLM(folder: "\(folder)/\($0)", seed: 3) }
            #expect(models[0].parameters.names == models[1].parameters.names)
            for (name, tensor) in models[0].parameters.all {
                #expect(models[1].parameters[name]?.floats() == tensor.floats())
            }
        }
    }

    @Test("what does not fit is named: tensor, shapes, files")
    func misfits() throws {
        try withTemporaryFolder { folder in
            let model = try BertForMaskedLM(configuration: TinyModel.configuration(), seed: 1)
            let encoder = model.parameters.all.filter { $0.name.hasPrefix("bert.") }
            func write(_ tensors: [(name: String, tensor: Tensor)], words: [String] = TinyModel.words) throws {
                try TinyModel.writeEncoder(to: folder)
                try SafetensorsWriter.write(tensors, to: "\(folder)/model.safetensors")
                try AtomicFile.write(words.joined(separator: "\n"), to: "\(folder)/vocab.txt")
            }
            func message() -> String? {
                let error = #expect(throws: (any Error).self) { try BertForMaskedLM(folder: folder, seed: 1) }
                return error.map { "\($0)" }
            }
            let weights = "\(folder)/model.safetensors"
            let missing = "bert.encoder.layer.1.output.dense.bias"
            try write(encoder.filter { $0.name != missing })
            #expect(
                message() == "\(weights): the model needs a tensor \(missing), which is not in the file; "
                    + "the nearest name is bert.encoder.layer.0.output.dense.bias")
            try write(encoder + [(name: "bert.encoder.layer.2.output.dense.bias", tensor: .zeros([16]))])
            #expect(
                message() == "\(weights): tensor bert.encoder.layer.2.output.dense.bias has no place in the model that "
                    + "config.json beside it describes")
            try write(encoder.map { ($0.name, $0.name == missing ? .zeros([3]) : $0.tensor) })
            #expect(message() == "\(weights): tensor \(missing) has shape [3]; config.json beside it asks for [16]")
            try write(encoder, words: TinyModel.words + ["more"])
            #expect(
                message() == "\(folder)/vocab.txt: 33 pieces, but \(weights) has embeddings for 32; "
                    + "take both files from the same model")
            try write(encoder + [(name: "bert.pooler.dense.bias", tensor: .zeros([16]))])
            #expect(throws: Never.self) { try BertForMaskedLM(folder: folder, seed: 1) }
            try FileManager.default.removeItem(atPath: "\(folder)/vocab.txt")
            #expect(message()?.hasPrefix("\(folder)/vocab.txt: no such file or folder") == true)
        }
    }
}
