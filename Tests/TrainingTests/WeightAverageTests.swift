import Essentials
import TestSupport
import Testing
import Torch
import TorchNN

@testable import Training

struct WeightAverageTests {
    private func parameters() throws -> (Parameters, Tensor) {
        let root = Scope(parameters: Parameters(), generator: SeededGenerator(seed: 1))
        let tensor = try root.parameter("weight", shape: [2], initial: .constant(0))
        return (root.parameters, tensor)
    }

    private func set(_ tensor: Tensor, _ values: [Float]) {
        tensor.withMutableFloats { _ = $0.update(fromContentsOf: values) }
    }

    @Test("the average follows the weights by what the decay leaves, faster at first")
    func averaging() throws {
        let (parameters, tensor) = try parameters()
        let average = WeightAverage(of: parameters, decay: 0.5)
        var expected: [Float] = [0, 0]
        for step in 1...20 {
            let weights: [Float] = [Float(step), -Float(step * step)]
            set(tensor, weights)
            average.add(step: step)
            let decay = min(0.5, Float(1 + step) / Float(10 + step))
            expected = zip(expected, weights).map { decay * $0 + (1 - decay) * $1 }
        }
        let inUse = average.use { tensor.floats() }
        #expect(zip(inUse, expected).allSatisfy { abs($0 - $1) < 1e-4 * abs($1) })
        #expect(tensor.floats() == [20, -400])
    }

    @Test("averages are written and restored")
    func restoring() throws {
        try withTemporaryFolder { folder in
            let (parameters, tensor) = try parameters()
            let average = WeightAverage(of: parameters, decay: 0.9)
            set(tensor, [3, 4])
            average.add(step: 5)
            try SafetensorsWriter.write(average.all, to: "\(folder)/average.safetensors")
            let other = WeightAverage(of: parameters, decay: 0.9)
            try other.restore(from: "\(folder)/average.safetensors")
            #expect(other.use { tensor.floats() } == average.use { tensor.floats() })
        }
    }
}
