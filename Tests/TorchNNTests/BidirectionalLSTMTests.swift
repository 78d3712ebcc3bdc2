import Essentials
import Foundation
import TestSupport
import Testing
import Torch
import TorchNN

/// `Tests/Fixtures/reference/lstm.json`, recorded from `torch.nn.LSTM`.
private struct Reference: Decodable {
    var lengths: [Int]
    var weights: [String: [Float]]
    var input: [[[Float]]]
    var output: [[[Float]]]
    var inputGradient: [[[Float]]]
    var weightGradientNorms: [String: Double]

    enum CodingKeys: String, CodingKey {
        case lengths
        case weights
        case input
        case output
        case inputGradient = "input_gradient"
        case weightGradientNorms = "weight_gradient_norms"
    }

    static func load() throws -> Reference {
        let data = try Data(contentsOf: URL(fileURLWithPath: SharedData.fixture("reference/lstm.json")))
        return try JSONDecoder().decode(Reference.self, from: data)
    }

    /// The rows of the sequences in `order`, without padding.
    func packed(_ padded: [[[Float]]], _ order: [Int]) -> [Float] {
        order.flatMap { padded[$0].prefix(lengths[$0]).flatMap { $0 } }
    }

    /// A layer with the recorded weights.
    func layer() throws -> (lstm: BidirectionalLSTM, parameters: Parameters) {
        let root = Scope(parameters: Parameters(), generator: SeededGenerator(seed: 1))
        let lstm = try BidirectionalLSTM(root, inputs: 8, units: 6)
        #expect(Set(root.parameters.names) == Set(weights.keys))
        for (name, tensor) in root.parameters.all {
            tensor.withMutableFloats { _ = $0.update(fromContentsOf: weights[name] ?? []) }
        }
        return (lstm, root.parameters)
    }
}

struct BidirectionalLSTMTests {
    @Test(
        "output and gradients are PyTorch's, in whatever order the sequences come",
        arguments: [[0, 1, 2], [2, 0, 1], [1, 2, 0]])
    func reference(order: [Int]) throws {
        let reference = try Reference.load()
        let (lstm, parameters) = try reference.layer()
        let input = Tensor(reference.packed(reference.input, order), shape: [9, 8])
        input.requiresGradient = true
        let output = lstm(input, lengths: order.map { reference.lengths[$0] })
        expectClose(output.floats(), reference.packed(reference.output, order))
        // The recorded loss is the sum of squares.
        output.backward(gradient: Tensor(output.floats().map { 2 * $0 }, shape: [9, 12]))
        expectClose(input.grad?.floats() ?? [], reference.packed(reference.inputGradient, order))
        for (name, tensor) in parameters.all {
            let norm = gradientNorm(of: [tensor])
            #expect(abs(norm - (reference.weightGradientNorms[name] ?? 0)) < 1e-4 * max(1, norm), "\(name)")
        }
    }

    @Test("empty sequences are skipped, and no sequence at all gives no rows")
    func empty() throws {
        let reference = try Reference.load()
        let (lstm, _) = try reference.layer()
        let rows = reference.packed(reference.input, [1])
        let alone = lstm(Tensor(rows, shape: [3, 8]), lengths: [3]).floats()
        #expect(lstm(Tensor(rows, shape: [3, 8]), lengths: [0, 3, 0]).floats() == alone)
        #expect(lstm(.zeros([0, 8]), lengths: [0]).shape == [0, 12])
    }

    private func expectClose(_ found: [Float], _ expected: [Float]) {
        #expect(found.count == expected.count)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    }
}
