import Testing
import Torch
import TorchNN

@testable import Models

struct ComposedTrainingTests {
    @Test("a network trained with ATen's operations alone, or on a GPU, has the losses of one with our kernels")
    func losses() async {
        // Kernels and device belong to the process.
        await #expect(processExitsWith: .success) {
            func losses() throws -> [Double] {
                var architecture = TaggerArchitecture(lstmUnits: 6)
                architecture.pooling = .mean
                architecture.layers = .mixed
                let model = try TaggerNetwork(
                    configuration: TinyModel.configuration(), types: TinyModel.scheme.types,
                    architecture: architecture, seed: 1)
                precondition(model.parameters.all.allSatisfy { $0.tensor.device == computeDevice })
                let optimizer = AdamW(
                    model.parameters,
                    groups: AdamW.Group.split(names: model.parameters.names, learningRate: 0.01, weightDecay: 0.01))
                let sequences = TinyModel.sequences([6, 9, 1, 12])
                let batch = PackedBatch(sequences, special: TinyModel.special)
                let tags = sequences.flatMap(TinyModel.tags)
                return (0..<8).map { step in
                    let mode = ForwardMode.training(
                        seed: 1, step: UInt32(step), recomputesLayers: !step.isMultiple(of: 2))
                    let loss = model.addGradients(of: batch, tags: tags, mode)
                    optimizer.step(maximumGradientNorm: 1)
                    return loss
                }
            }
            let fused = try losses()
            precondition(fused[7] < fused[0] - 0.1, "\(fused)")
            kernels = .composed
            let composed = try losses()
            precondition(zip(fused, composed).allSatisfy { abs($0 - $1) < 1e-4 }, "\(fused) and \(composed)")
            // Otherwise the comparison says nothing.
            precondition(fused != composed)
            kernels = .fused
            guard Device.cudaCount > 0 else { return }
            computeDevice = .cuda(0)
            let onGPU = try losses()
            precondition(zip(fused, onGPU).allSatisfy { abs($0 - $1) < 1e-4 }, "\(fused) and \(onGPU)")
        }
    }
}
