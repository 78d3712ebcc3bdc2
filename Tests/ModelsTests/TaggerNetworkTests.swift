import ClinicalText
import Foundation
import TestSupport
import Testing
import Tokenization
import Torch
import TorchNN

@testable import Models

struct TaggerNetworkTests {
    private func model(lstmUnits: Int = 6, dropout: Double = 0.1, seed: UInt64 = 1) throws -> TaggerNetwork {
        try TaggerNetwork(
            configuration: TinyModel.configuration(dropout: dropout), types: TinyModel.scheme.types,
            architecture: .init(lstmUnits: lstmUnits, dropout: dropout), seed: seed)
    }

    private func tags(_ sequences: [PackedBatch.Sequence]) -> [Int] { sequences.flatMap(TinyModel.tags) }

    @Test("one row of emissions a word, one value a tag, with and without the LSTM", arguments: [0, 6])
    func emissions(lstmUnits: Int) throws {
        let model = try model(lstmUnits: lstmUnits)
        let batch = PackedBatch(TinyModel.sequences([3, 0, 5]), special: TinyModel.special)
        #expect(model.emissions(batch, .evaluation).shape == [8, 5])
        #expect(model.parameters.names.contains { $0.hasPrefix("lstm.") } == (lstmUnits > 0))
    }

    @Test("gradients are those of the loss, through chain, LSTM and encoder")
    func gradients() throws {
        let model = try model(dropout: 0)
        var sequences = TinyModel.sequences([4, 3, 5])
        sequences[1].startsDocument = false
        sequences[2].endsDocument = false
        let batch = PackedBatch(sequences, special: TinyModel.special)
        let tags = tags(sequences)
        let weights: [Float] = [1, 0.5, 2]
        _ = model.addGradients(of: batch, tags: tags, weights: weights, .evaluation)
        let gradients = Dictionary(
            uniqueKeysWithValues: model.parameters.all.map { ($0.name, $0.tensor.grad?.floats() ?? []) })
        for name in [
            "crf.transitions", "crf.start_transitions", "crf.end_transitions", "classifier.weight", "lstm.weight_hh_l0",
            "bert.encoder.layer.1.output.dense.weight", "bert.encoder.layer.0.attention.self.key.weight",
            "bert.embeddings.LayerNorm.weight",
        ] {
            let tensor = try #require(model.parameters[name])
            let gradient = try #require(gradients[name])
            // The steepest direction of this tensor: float32 leaves too few digits for single entries.
            let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
            #expect(norm > 0, "\(name)")
            let original = tensor.floats()
            func loss(_ distance: Float) -> Double {
                tensor.withMutableFloats { for i in $0.indices { $0[i] = original[i] + distance * gradient[i] / norm } }
                return model.addGradients(of: batch, tags: tags, weights: weights, .evaluation)
            }
            let slope = (loss(0.01) - loss(-0.01)) / 0.02
            _ = loss(0)
            #expect(abs(slope - Double(norm)) < 0.02 * Double(norm) + 2e-4, "\(name): \(slope) and \(norm)")
        }
    }

    @Test("without a CRF the loss is that of each word's softmax, and so are its gradients")
    func softmax() throws {
        let model = try TaggerNetwork(
            configuration: TinyModel.configuration(dropout: 0), types: TinyModel.scheme.types,
            architecture: .init(lstmUnits: 0, dropout: 0, decoder: .softmax), seed: 1)
        #expect(model.parameters.names.allSatisfy { !$0.hasPrefix("crf.") })
        let sequences = TinyModel.sequences([4, 3])
        let batch = PackedBatch(sequences, special: TinyModel.special)
        // A tag that may not follow the one before it is as likely as its word says.
        let tags = [2, 0, 4, 1, 0, 2, 3]
        let targets = Tensor(tags.map(Int64.init))
        let plain = model.emissions(batch, .evaluation).crossEntropy(targets: targets)
        plain.backward()
        let expected = model.parameters.all.map { $0.tensor.grad?.floats() ?? [] }
        model.parameters.clearGradients()
        let loss = model.addGradients(of: batch, tags: tags, .evaluation)
        #expect(abs(loss - Double(plain.item)) < 1e-5)
        for ((name, tensor), expected) in zip(model.parameters.all, expected) {
            let found = tensor.grad?.floats() ?? []
            #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 } && found.count == expected.count, "\(name)")
        }
        // In use, the scheme's rules hold all the same.
        #expect(model.chains[0].inference().decode(emissions: [0, 0, 9, 0, 0]) != [2])
    }

    @Test("a window that does not touch its document's ends neither uses nor trains the scores of the ends")
    func windowEnds() throws {
        let model = try model()
        var sequences = TinyModel.sequences([4])
        sequences[0].startsDocument = false
        sequences[0].endsDocument = false
        let batch = PackedBatch(sequences, special: TinyModel.special)
        // A window may begin inside an entity, which a document must not.
        let loss = model.addGradients(
            of: batch, tags: [2, 2, 0, 1], .training(seed: 1, step: 1))
        #expect(loss.isFinite)
        #expect(model.parameters["crf.start_transitions"]?.grad?.floats().allSatisfy { $0 == 0 } ?? true)
        #expect(model.parameters["crf.end_transitions"]?.grad?.floats().allSatisfy { $0 == 0 } ?? true)
        #expect(model.chains[0].inference().decode(emissions: [0, 0, 9, 0, 0]) != [2])
        #expect(model.chains[0].inference(startsDocument: false).decode(emissions: [0, 0, 9, 0, 0]) == [2])
    }

    @Test("gradients added up over two batches are those of both together")
    func accumulation() throws {
        let sequences = TinyModel.sequences([4, 6])
        let (together, apart) = (try model(), try model())
        let both = PackedBatch(sequences, special: TinyModel.special)
        let whole = together.addGradients(of: both, tags: tags(sequences), .evaluation)
        let parts = sequences.map { sequence in
            apart.addGradients(
                of: PackedBatch([sequence], special: TinyModel.special), tags: TinyModel.tags(of: sequence),
                words: both.wordCount, .evaluation)
        }
        #expect(abs(parts.reduce(0, +) - whole) < 1e-5)
        for (name, tensor) in together.parameters.all {
            let other = apart.parameters[name]?.grad?.floats() ?? []
            let difference = zip(tensor.grad?.floats() ?? [], other).map { abs($0 - $1) }.max() ?? 1
            #expect(difference < 1e-5, "\(name)")
        }
    }

    @Test("a few dozen steps learn a small task, and the same seed learns it with the same bits")
    func training() async {
        // Which kernels compute products belongs to the process; other tests may change it.
        await #expect(processExitsWith: .success) {
            func trained(_ seed: UInt64) throws -> (losses: [Double], weights: [[Float]]) {
                let model = try TaggerNetwork(
                    configuration: TinyModel.configuration(), types: TinyModel.scheme.types,
                    architecture: .init(lstmUnits: 6),
                    seed: seed)
                let optimizer = AdamW(
                    model.parameters,
                    groups: AdamW.Group.split(names: model.parameters.names, learningRate: 0.01, weightDecay: 0.01))
                let sequences = TinyModel.sequences([6, 9, 4, 12])
                let batch = PackedBatch(sequences, special: TinyModel.special)
                let tags = sequences.flatMap(TinyModel.tags)
                let losses = (0..<60).map { step in
                    let loss = model.addGradients(of: batch, tags: tags, .training(seed: seed, step: UInt32(step)))
                    optimizer.step(maximumGradientNorm: 1)
                    return loss
                }
                return (losses, model.parameters.all.map { $0.tensor.floats() })
            }
            setThreads(2)
            let first = try trained(1)
            precondition(first.losses[59] < first.losses[0] / 4, "\(first.losses)")
            let again = try trained(1)
            precondition(again.losses == first.losses && again.weights == first.weights)
            let other = try trained(2)
            precondition(other.losses != first.losses)
        }
    }

    @Test("a saved tagger folder loads with the same emissions, types and settings")
    func saving() throws {
        try withTemporaryFolder { folder in
            try TinyModel.writeEncoder(to: "\(folder)/encoder")
            let model = try TaggerNetwork(
                encoderFolder: "\(folder)/encoder", types: TinyModel.scheme.types, architecture: .init(lstmUnits: 6),
                seed: 2)
            try model.save(
                to: "\(folder)/tagger", tokenizerFrom: "\(folder)/encoder",
                windows: WindowLayout(maxPieces: 64, overlap: 16),
                training: ["seed": "2"])
            let again = try TaggerNetwork(taggerFolder: "\(folder)/tagger")
            #expect(again.types == TinyModel.scheme.types && again.architecture == model.architecture)
            let batch = PackedBatch(TinyModel.sequences([3, 7]), special: TinyModel.special)
            #expect(again.emissions(batch, .evaluation).floats() == model.emissions(batch, .evaluation).floats())
            let settings = try TaggerSettings(contentsOf: "\(folder)/tagger/clinner.json")
            #expect(settings.windows == WindowLayout(maxPieces: 64, overlap: 16))
            #expect(settings.training == ["seed": "2"])
            let values = try ConfigurationFile(path: "\(folder)/tagger/config.json").values
            #expect((values["id2label"] as? [String: String])?["1"] == "B-Disease")
        }
    }

    @Test(
        "a damaged clinner.json is named with its key",
        arguments: [
            ("\"lstmUnits\": 6", "\"lstmUnits\": -1", "architecture is "),
            ("\"entityTypes\"", "\"types\"", "the key entityTypes"),
            ("\"version\": 2", "\"version\": 1", "version is 1; supported: 2"), ("{", "[", "not the JSON"),
            ("\"overlap\": 16", "\"overlap\": \"16\"", "windows.overlap is no Int"),
            ("\"overlap\": 16", "\"overlap\": 64", "windows is "),
        ])
    func damagedSettings(part: String, replacement: String, message: String) throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/clinner.json"
            let text = """
                {"entityTypes": ["A", "B"], "training": {}, "version": 2, "architecture": {
                  "encoder": "bert", "layers": "last", "pooling": "first", "characterUnits": 0, "features": [],
                  "lstmUnits": 6, "dropout": 0.1, "decoder": "crf", "chains": "one"},
                 "windows": {"maxPieces": 64, "overlap": 16}}
                """
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(throws: Never.self) { try TaggerSettings(contentsOf: path) }
            try text.replacingOccurrences(of: part, with: replacement)
                .write(toFile: path, atomically: true, encoding: .utf8)
            let error = #expect(throws: ModelError.self) { try TaggerSettings(contentsOf: path) }
            #expect(error?.description.hasPrefix("\(path): \(message)") == true, "\(String(describing: error))")
        }
    }
}
