import Foundation
import TestSupport
import Testing
import Torch
import TorchNN

@testable import Models

struct BertForMaskedLMTests {
    private struct Reference: Decodable {
        struct Logits: Decodable {
            var position: Int
            var first: [Float]
        }
        var inputIDs: [Int32]
        var labels: [Int32]
        var loss: Double
        var logits: [Logits]
        /// A norm and a product with cos(0.7 i) a parameter.
        var gradients: [String: [Double]]

        enum CodingKeys: String, CodingKey {
            case inputIDs = "input_ids"
            case labels
            case loss
            case logits
            case gradients
        }
    }

    @Test(
        "loss, logits and gradients are the reference's",
        .enabled(if: hasEncoder, "needs the encoder that make setup brings"))
    func reference() throws {
        let json = try Data(contentsOf: URL(fileURLWithPath: SharedData.fixture("reference/mlm.json")))
        let reference = try JSONDecoder().decode(Reference.self, from: json)
        let model = try BertForMaskedLM(folder: encoderFolder, seed: 1)
        #expect(model.headIsNew)
        // The head of make_mlm.py: half the identity, a bias of 0.01, everything else as new.
        let width = model.configuration.hiddenSize
        let dense = try #require(model.parameters["cls.predictions.transform.dense.weight"])
        dense.withMutableFloats { for i in $0.indices { $0[i] = i / width == i % width ? 0.5 : 0 } }
        let bias = try #require(model.parameters["cls.predictions.transform.dense.bias"])
        bias.withMutableFloats { $0.update(repeating: 0.01) }

        let batch = PackedBatch(
            [.init(pieces: Array(reference.inputIDs.dropFirst().dropLast()), firstPieces: [])],
            special: SpecialPieces(classifier: 101, separator: 102, padding: 0))
        let rows = reference.labels.indices.filter { reference.labels[$0] >= 0 }
        let logits = model.logits(batch, rows: reference.logits.map(\.position), .evaluation).floats()
        for (row, expected) in reference.logits.enumerated() {
            let found = logits.dropFirst(row * model.configuration.vocabularySize).prefix(expected.first.count)
            #expect(zip(found, expected.first).allSatisfy { abs($0 - $1) < 1e-4 })
        }
        let targets = rows.map { reference.labels[$0] }
        let loss = model.loss(batch, rows: rows, targets: targets, .evaluation)
        #expect(abs(Double(loss.item) - reference.loss) < 1e-4)
        #expect(
            abs(model.totalLoss(batch, rows: rows, targets: targets) - reference.loss * Double(rows.count)) < 1e-3)
        loss.backward()
        #expect(Set(reference.gradients.keys) == Set(model.parameters.names))
        for (name, expected) in reference.gradients {
            let gradient = try #require(model.parameters[name]?.grad).floats()
            let norm = gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            let product = gradient.enumerated().reduce(0) { $0 + Double($1.element) * cos(0.7 * Double($1.offset)) }
            // The keys' biases shift all scores of a query alike: their gradient is zero but for rounding.
            if name.hasSuffix("self.key.bias") {
                #expect(norm < 1e-5 && expected[0] < 1e-5, "\(name)")
                continue
            }
            #expect(abs(norm - expected[0]) < 1e-4 * expected[0], "\(name)")
            #expect(abs(product - expected[1]) < 1e-4 * expected[0], "\(name)")
        }
    }

    @Test("training the head alone leaves the encoder as it is and lowers the loss; then everything learns")
    func training() throws {
        let model = try BertForMaskedLM(configuration: TinyModel.configuration(), seed: 1)
        let batch = PackedBatch(TinyModel.sequences([6, 9, 3]), special: TinyModel.special)
        let rows = [1, 4, 8, 12]
        let targets: [Int32] = [5, 6, 7, 8]
        let encoder = { model.parameters.all.filter { !BertForMaskedLM.isHeadParameter($0.name) } }
        func train(_ names: [String]) -> Double {
            let optimizer = AdamW(
                model.parameters, groups: AdamW.Group.split(names: names, learningRate: 0.02, weightDecay: 0.01))
            for step in 0..<30 {
                let loss = model.loss(batch, rows: rows, targets: targets, .training(seed: 1, step: UInt32(step)))
                loss.backward()
                optimizer.step(maximumGradientNorm: 1)
            }
            return model.totalLoss(batch, rows: rows, targets: targets) / 4
        }
        let start = model.totalLoss(batch, rows: rows, targets: targets) / 4
        let before = encoder().map { $0.tensor.floats() }
        model.parameters.setTrainable(where: BertForMaskedLM.isHeadParameter)
        let warm = train(model.parameters.trainable.map(\.name))
        #expect(warm < start - 0.5)
        #expect(encoder().map { $0.tensor.floats() } == before)
        model.parameters.setTrainable { _ in true }
        #expect(train(model.parameters.names) < warm / 2)
        #expect(encoder().map { $0.tensor.floats() } != before)
    }

    @Test("a saved folder loads again with its head, byte for byte the same tokenizer")
    func saving() throws {
        try withTemporaryFolder { folder in
            try TinyModel.writeEncoder(to: "\(folder)/encoder")
            let model = try BertForMaskedLM(folder: "\(folder)/encoder", seed: 4)
            #expect(model.headIsNew)
            try model.save(to: "\(folder)/saved", tokenizerFrom: "\(folder)/encoder")
            let again = try BertForMaskedLM(folder: "\(folder)/saved", seed: 5)
            #expect(!again.headIsNew)
            for (name, tensor) in model.parameters.all { #expect(again.parameters[name]?.floats() == tensor.floats()) }
            #expect(
                FileManager.default.contents(atPath: "\(folder)/saved/vocab.txt")
                    == FileManager.default.contents(atPath: "\(folder)/encoder/vocab.txt"))
            let values = try ConfigurationFile(path: "\(folder)/saved/config.json").values
            #expect(values["architectures"] as? [String] == ["BertForMaskedLM"])
            // A tagger takes the encoder out of it and leaves the head.
            #expect(throws: Never.self) {
                try TaggerNetwork(
                    encoderFolder: "\(folder)/saved", types: TinyModel.scheme.types, architecture: .init(lstmUnits: 4),
                    seed: 1)
            }
        }
    }

    @Test("layers that are computed again in the backward pass give the same loss and gradients, bit by bit")
    func recomputedLayers() throws {
        let configuration = BertConfiguration(
            vocabularySize: 60, hiddenSize: 32, layerCount: 3, headCount: 4, intermediateSize: 64)
        func run(recomputes: Bool) throws -> (loss: Float, gradients: [[Float]]) {
            let model = try BertForMaskedLM(configuration: configuration, seed: 3)
            let batch = PackedBatch(
                [.init(pieces: [5, 9, 31, 12, 7], firstPieces: [0, 1]), .init(pieces: [40, 8], firstPieces: [0])],
                special: SpecialPieces(classifier: 2, separator: 3, padding: 0))
            let loss = model.loss(
                batch, rows: [1, 3, 8], targets: [6, 11, 50],
                .training(seed: 8, step: 4, recomputesLayers: recomputes))
            loss.backward()
            return (loss.item, model.parameters.all.map { $0.tensor.grad?.floats() ?? [] })
        }
        let (plain, recomputed) = (try run(recomputes: false), try run(recomputes: true))
        #expect(plain.loss == recomputed.loss && plain.gradients == recomputed.gradients)
        #expect(plain.gradients.allSatisfy { !$0.isEmpty })
    }
}
