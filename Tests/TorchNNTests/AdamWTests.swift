import Essentials
import TestSupport
import Testing
import Torch
import TorchNN

struct AdamWTests {
    private func parameters() throws -> Parameters {
        let root = Scope(parameters: Parameters(), generator: SeededGenerator(seed: 1))
        _ = try Linear(root / "dense", inputs: 3, outputs: 2)
        _ = try LayerNorm(root / "LayerNorm", width: 2, epsilon: 1e-5)
        _ = try BidirectionalLSTM(root / "lstm", inputs: 2, units: 1)
        return root.parameters
    }

    /// Takes steps with gradients that depend on their number only.
    private func train(_ parameters: Parameters, _ optimizer: AdamW, steps: Range<Int>) {
        for step in steps {
            for (index, entry) in parameters.all.enumerated() {
                let values = (0..<entry.tensor.count).map { Float(($0 + step * 3 + index) % 7 - 3) / 3 }
                entry.tensor.grad = Tensor(values, shape: entry.tensor.shape)
            }
            optimizer.step(scale: 1 / Double(step + 1), maximumGradientNorm: 1)
        }
    }

    @Test("biases and layer norms do not decay")
    func groups() throws {
        let groups = AdamW.Group.split(names: try parameters().names, learningRate: 1e-3, weightDecay: 0.01)
        #expect(groups.map(\.weightDecay) == [0.01, 0])
        #expect(
            groups[0].names == [
                "dense.weight", "lstm.weight_ih_l0", "lstm.weight_hh_l0", "lstm.weight_ih_l0_reverse",
                "lstm.weight_hh_l0_reverse",
            ])
    }

    @Test("a restored optimizer goes on with the same bits as one that never stopped")
    func restoring() throws {
        try withTemporaryFolder { folder in
            func optimizer(_ parameters: Parameters) -> AdamW {
                AdamW(
                    parameters, groups: AdamW.Group.split(names: parameters.names, learningRate: 0.1, weightDecay: 0.1))
            }
            let whole = try parameters()
            let first = optimizer(whole)
            train(whole, first, steps: 0..<3)
            try first.save(to: "\(folder)/optimizer")
            try SafetensorsWriter.write(whole.all, to: "\(folder)/weights")
            train(whole, first, steps: 3..<6)

            let resumed = try parameters()
            try resumed.load(from: SafetensorsFile(path: "\(folder)/weights"))
            let second = optimizer(resumed)
            try second.restore(from: "\(folder)/optimizer")
            #expect(second.stepCount == 3)
            train(resumed, second, steps: 3..<6)
            for (name, tensor) in whole.all { #expect(resumed[name]?.floats() == tensor.floats(), "\(name)") }
        }
    }

    @Test("a state of other parameters is refused")
    func foreignState() throws {
        try withTemporaryFolder { folder in
            let parameters = try parameters()
            let few = AdamW(parameters, groups: [.init(names: ["dense.weight"], learningRate: 1, weightDecay: 0)])
            let more = AdamW(
                parameters, groups: [.init(names: ["dense.weight", "dense.bias"], learningRate: 1, weightDecay: 0)])
            try few.save(to: "\(folder)/few")
            try more.save(to: "\(folder)/more")
            #expect(throws: CheckpointError.self) { try more.restore(from: "\(folder)/few") }
            #expect(
                throws: CheckpointError.unexpectedTensor(path: "\(folder)/more", tensor: "first_moment.dense.bias")
            ) { try few.restore(from: "\(folder)/more") }
            #expect(few.stepCount == 0)
            try SafetensorsWriter.write(parameters.all, to: "\(folder)/weights")
            #expect(
                throws: CheckpointError.malformed(path: "\(folder)/weights", reason: "the metadata has no step_count")
            ) { try few.restore(from: "\(folder)/weights") }
        }
    }

    @Test("the norm before clipping is returned, a larger one is scaled down, and gradients are forgotten")
    func clipping() throws {
        func stepped(_ maximum: Double?) throws -> (norm: Double, change: [Float]) {
            let parameters = try parameters()
            let tensor = try #require(parameters["dense.bias"])
            let optimizer = AdamW(
                parameters, groups: [.init(names: ["dense.bias"], learningRate: 1, weightDecay: 0)], epsilon: 1)
            tensor.grad = Tensor([3, 4], shape: [2])
            let norm = optimizer.step(maximumGradientNorm: maximum)
            #expect(tensor.grad == nil)
            return (norm, tensor.floats())
        }
        let (free, clipped) = (try stepped(nil), try stepped(1))
        #expect(free.norm == 5 && clipped.norm == 5)
        // With an epsilon of 1 the first step is -g / (|g| + 1).
        #expect(abs(free.change[0] + 0.75) < 1e-6)
        #expect(abs(clipped.change[0] + 0.6 / 1.6) < 1e-6)
        #expect(try stepped(10).change == free.change)
    }

    @Test("warm-up rises to one, then the factor falls to zero")
    func schedule() {
        let schedule = LinearSchedule(warmupSteps: 2, totalSteps: 6)
        #expect((0...7).map(schedule.factor) == [0.5, 1, 1, 0.75, 0.5, 0.25, 0, 0])
        #expect(LinearSchedule(warmupSteps: 0, totalSteps: 2).factor(at: 0) == 1)
        #expect(LinearSchedule(warmupSteps: 2, totalSteps: 2).factor(at: 1) == 1)
    }
}
