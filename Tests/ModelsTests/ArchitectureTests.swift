import ClinicalText
import Foundation
import TestSupport
import Testing
import Tokenization
import Torch
import TorchNN

@testable import Models

/// Every part of the family of taggers: its shapes, its gradients, and that a folder keeps it.
struct ArchitectureTests {
    private static func architecture(_ change: (inout TaggerArchitecture) -> Void) -> TaggerArchitecture {
        var architecture = TaggerArchitecture(lstmUnits: 4, dropout: 0)
        change(&architecture)
        return architecture
    }

    static let members: [TaggerArchitecture] = [
        architecture { $0.pooling = .mean },
        architecture { $0.layers = .mixed },
        architecture { $0.characterUnits = 3 },
        architecture { $0.features = ["Disease.first", "Disease.further"] },
        architecture { $0.chains = .perType },
        architecture {
            $0.chains = .perType
            $0.decoder = .softmax
            $0.lstmUnits = 0
        },
        architecture {
            $0.encoder = .embeddings
            $0.pooling = .mean
            $0.characterUnits = 2
        },
        architecture {
            $0.layers = .mixed
            $0.pooling = .mean
            $0.characterUnits = 2
            $0.features = ["Disease.first"]
        },
    ]

    /// Windows whose words have characters and features.
    private func sequences(_ wordCounts: [Int], _ architecture: TaggerArchitecture) -> [PackedBatch.Sequence] {
        TinyModel.sequences(wordCounts).map { sequence in
            var (sequence, inputs) = (sequence, WordInputs())
            for first in sequence.firstPieces {
                let piece = sequence.pieces[first]
                inputs.append(
                    characters: architecture.characterUnits > 0
                        ? CharacterInventory.numbers(of: "w\(piece)é") : [],
                    features: architecture.features.isEmpty || piece % 2 == 0
                        ? [] : [piece % Int32(architecture.features.count)])
            }
            sequence.inputs = inputs
            return sequence
        }
    }

    private func targets(_ sequences: [PackedBatch.Sequence], of model: TaggerNetwork) -> [[TagTargets]] {
        sequences.map { sequence in
            let tags = TinyModel.tags(of: sequence)
            if model.chains.count == 1 { return [.tags(tags)] }
            // Of several chains each knows its own type.
            return model.chains.indices.map { type in
                .tags(tags.map { TinyModel.scheme.typeIndex(of: $0) == type ? ($0 - 1) % 2 + 1 : TagScheme.outside })
            }
        }
    }

    @Test("gradients of every parameter are those of the loss", arguments: members)
    func gradients(architecture: TaggerArchitecture) throws {
        let model = try TaggerNetwork(
            configuration: TinyModel.configuration(dropout: 0), types: TinyModel.scheme.types,
            architecture: architecture, seed: 1)
        var sequences = sequences([4, 3, 5], architecture)
        sequences[1].startsDocument = false
        let batch = PackedBatch(sequences, special: TinyModel.special)
        let targets = targets(sequences, of: model)
        #expect(
            model.emissions(batch, .evaluation).shape == [12, architecture.chains == .one ? 5 : 6])
        _ = model.addGradients(of: batch, targets: targets, .evaluation)
        // The losses below add to the gradients.
        let gradients = model.parameters.all.map { $0.tensor.grad?.floats() ?? [] }
        for ((name, tensor), gradient) in zip(model.parameters.all, gradients) {
            let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
            if name.hasSuffix("key.bias") || name.contains("position") { continue }
            #expect(norm > 0, "\(name)")
            let original = tensor.floats()
            func loss(_ distance: Float) -> Double {
                tensor.withMutableFloats { for i in $0.indices { $0[i] = original[i] + distance * gradient[i] / norm } }
                defer { tensor.withMutableFloats { _ = $0.update(fromContentsOf: original) } }
                return model.addGradients(of: batch, targets: targets, .evaluation)
            }
            let slope = (loss(0.01) - loss(-0.01)) / 0.02
            #expect(abs(slope - Double(norm)) < 0.04 * Double(norm) + 3e-4, "\(name): \(slope) and \(norm)")
        }
    }

    @Test("a folder keeps every part", arguments: members)
    func saving(architecture: TaggerArchitecture) throws {
        try withTemporaryFolder { folder in
            try TinyModel.writeEncoder(to: "\(folder)/encoder")
            let model = try TaggerNetwork(
                encoderFolder: "\(folder)/encoder", types: TinyModel.scheme.types, architecture: architecture, seed: 2)
            try model.save(to: "\(folder)/tagger", tokenizerFrom: "\(folder)/encoder", windows: WindowLayout())
            let again = try TaggerNetwork(taggerFolder: "\(folder)/tagger")
            #expect(again.architecture == architecture && again.types == model.types)
            let batch = PackedBatch(sequences([3, 7], architecture), special: TinyModel.special)
            #expect(again.emissions(batch, .evaluation).floats() == model.emissions(batch, .evaluation).floats())
        }
    }

    @Test("a word's vector from its characters does not depend on its neighbors")
    func charactersAlone() throws {
        let architecture = Self.architecture {
            $0.encoder = .embeddings
            $0.characterUnits = 3
            $0.lstmUnits = 0
        }
        let model = try TaggerNetwork(
            configuration: TinyModel.configuration(dropout: 0), types: ["A"], architecture: architecture, seed: 1)
        let sequences = sequences([5, 2, 6], architecture)
        let together = model.words(PackedBatch(sequences, special: TinyModel.special), .evaluation).floats()
        let alone = sequences.flatMap {
            model.words(PackedBatch([$0], special: TinyModel.special), .evaluation).floats()
        }
        #expect(zip(together, alone).allSatisfy { abs($0 - $1) < 1e-6 } && together.count == alone.count)
    }

    @Test("the mean of a word's pieces is their mean")
    func meanOfPieces() {
        let rows = Tensor((0..<12).map { Float($0 * $0) }, shape: [6, 2])
        let means: [Float] = [0, 1, 200 / 3, 251 / 3]
        let found = rows.meanRows(starts: [0, 3], counts: [1, 3]).floats()
        #expect(zip(found, means).allSatisfy { abs($0 - $1) < 1e-4 } && found.count == 4)
    }

    @Test("characters: Latin and Greek have a number each, the rest one a kind, long words lose their middle")
    func characters() {
        #expect(CharacterInventory.numbers(of: "Aβ") == [65, 262 + 0x42])
        let kinds = ["Ж", "ж", "字", "٣", "—", "\u{200B}"].flatMap { CharacterInventory.numbers(of: $0) }
        #expect(kinds == [256, 257, 258, 259, 260, 261])
        let long = CharacterInventory.numbers(of: String(repeating: "a", count: 40) + "z")
        #expect(long.count == CharacterInventory.mostCharacters && long.last == 122)
        #expect(CharacterInventory.numbers(of: "").count == 1)
        #expect(CharacterInventory.numbers(of: "\u{3FF}").allSatisfy { $0 < CharacterInventory.count })
    }

    @Test("windows of words carry the inputs of their words")
    func inputsOfWindows() {
        var all = WordInputs()
        for word in 0..<5 {
            all.append(characters: [Int32](repeating: Int32(word), count: word + 1), features: word == 2 ? [7] : [])
        }
        let part = all[1..<4]
        #expect(part.characters == [1, 1, 2, 2, 2, 3, 3, 3, 3] && part.characterStarts == [0, 2, 5, 9])
        #expect(part.features == [7] && part.featureStarts == [0, 0, 1, 1])
        var joined = all[0..<1]
        joined += all[1..<5]
        #expect(joined == all)
    }

    @Test("names as papers write them")
    func names() {
        #expect(TaggerArchitecture(lstmUnits: 0, decoder: .softmax).name == "BertForTokenClassification")
        #expect(TaggerArchitecture(lstmUnits: 0).name == "BertCRF")
        #expect(TaggerArchitecture().name == "BertBiLSTMCRF")
    }
}
