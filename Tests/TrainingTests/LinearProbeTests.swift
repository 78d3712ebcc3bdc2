import ClinicalText
import Essentials
import Models
import Testing
import Torch
import TorchNN

@testable import Training

@Suite struct LinearProbeTests {
    private func probe(_ windows: [(window: PackedBatch.Sequence, tags: [Int])]) -> LinearProbe {
        LinearProbe(
            windows: windows, special: TinyTraining.special, batchPieces: 40, generator: SeededGenerator(seed: 5))
    }

    /// Tags that follow from the word itself, which even an encoder of random weights shows.
    private let examples = TinyTraining.sequences([Int](repeating: 20, count: 30), seed: 11).map { sequence in
        (
            window: sequence,
            tags: sequence.firstPieces.map {
                sequence.pieces[$0] % 3 == 0 ? TinyTraining.scheme.begin(0) : TagScheme.outside
            }
        )
    }

    @Test func aHeadLearnsWhatTheEncoderShowsAndTheEncoderStays() throws {
        let encoder = try BertForMaskedLM(configuration: TinyTraining.configuration, seed: 2)
        let before = encoder.parameters.all.map { $0.tensor.floats() }
        let network = try probe(examples).tagger(on: encoder, types: TinyTraining.scheme.types, seed: 1)
        #expect(network.parameters.names == ["classifier.weight", "classifier.bias"])
        #expect(encoder.parameters.all.map { $0.tensor.floats() } == before)
        #expect(encoder.parameters.all.allSatisfy { $0.tensor.grad == nil && $0.tensor.requiresGradient })
        let chain = network.chains[0].inference()
        var (right, total, outside) = (0, 0, 0)
        for example in examples {
            let batch = PackedBatch([example.window], special: TinyTraining.special)
            let tags = chain.decode(emissions: withoutGradients { network.emissions(batch, .evaluation).floats() })
            right += zip(tags, example.tags).count { $0 == $1 }
            outside += example.tags.count { $0 == TagScheme.outside }
            total += tags.count
        }
        #expect(right > outside + (total - outside) / 2, "\(right) of \(total), \(outside) outside")
    }

    @Test func itRepeatsItself() throws {
        let encoder = try BertForMaskedLM(configuration: TinyTraining.configuration, seed: 2)
        func weights() throws -> [[Float]] {
            try probe(examples).tagger(on: encoder, types: TinyTraining.scheme.types, seed: 1).parameters.all.map {
                $0.tensor.floats()
            }
        }
        #expect(try weights() == weights())
    }

    @Test func withoutExamplesTheHeadIsAsItWasMade() throws {
        let encoder = try BertForMaskedLM(configuration: TinyTraining.configuration, seed: 2)
        let network = try probe([]).tagger(on: encoder, types: TinyTraining.scheme.types, seed: 1)
        #expect(network.parameters.valueCount == 32 * 5 + 5)
    }
}
