import Testing
import Torch

/// Optimizer steps put together from ATen's operations end where ours do; on a GPU too where there is one.
struct ComposedOptimizerTests {
    @Test("AdamW's steps, the gradient's norm and moving averages")
    func dense() async {
        await #expect(processExitsWith: .success) {
            let sizes = [1, 70, 100_000]
            let (fused, others) = kernelwise {
                let parameters = sizes.enumerated().map { Tensor(sample($1, $0).floats, shape: [$1]) }
                let averages = parameters.map { Tensor($0.floats(), shape: $0.shape) }
                let moments = (0..<2).map { _ in sizes.map { Tensor.zeros([$0]) } }
                var norms: [Float] = []
                for number in 1...4 {
                    // The last one has no gradient at first.
                    for (index, size) in sizes.enumerated() where index < 2 || number > 1 {
                        parameters[index].grad = Tensor(sample(size, 10 * number + index).floats, shape: [size])
                    }
                    norms.append(Float(gradientNorm(of: parameters)))
                    stepAdamW(
                        parameters: parameters, firstMoments: moments[0], secondMoments: moments[1],
                        AdamWStep(
                            number: number, learningRate: 0.01, betas: (0.9, 0.999), epsilon: 1e-8, weightDecay: 0.1,
                            gradientScale: 0.7))
                    moveAverages(averages, toward: parameters, share: 0.25)
                    for parameter in parameters { parameter.grad = nil }
                }
                precondition(gradientNorm(of: parameters) == 0)
                return (parameters + moments[0] + moments[1] + averages).map { $0.floats() } + [norms]
            }
            for (way, found) in others { requireEqual(found, fused, within: 1e-6, "\(way)") }
        }
    }

    @Test("steps on a table with sparse gradients, also where the gradient is once dense")
    func sparse() async {
        await #expect(processExitsWith: .success) {
            for decay in [0, 0.2] {
                let (count, width) = (leastSparseRows, 19)
                let batches: [[Int64]] = [[3, 7, 3, 49], [7, 0], [11, 11, 11], [3, 2, 49, 0]]
                let (fused, others) = kernelwise {
                    let table = Tensor(sample(count * width, 1).floats, shape: [count, width])
                    table.requiresGradient = true
                    let moments = [Tensor.zeros([count, width]), Tensor.zeros([count, width])]
                    let touched = Tensor([Int64](repeating: 0, count: count))
                    var seen: [[Float]] = []
                    for number in 1...9 {
                        let rows = batches[number % batches.count]
                        table.rows(at: Tensor(rows)).backward(
                            gradient: Tensor(
                                sample(rows.count * width, 20 + number).floats, shape: [rows.count, width]))
                        // Reading the gradient makes it dense.
                        if number == 9 { table.grad = table.grad }
                        seen.append([Float(gradientNorm(of: [table]))])
                        stepAdamW(
                            table: table, firstMoment: moments[0], secondMoment: moments[1], touched: touched,
                            AdamWStep(
                                number: number, learningRate: 0.01, betas: (0.9, 0.999), epsilon: 1e-8,
                                weightDecay: decay, gradientScale: 0.7))
                        table.grad = nil
                        if number >= 8 { seen.append(touched.int64s().map(Float.init)) }
                    }
                    return [table, moments[0], moments[1]].map { $0.floats() } + seen
                }
                for (way, found) in others { requireEqual(found, fused, within: 1e-6, "\(way), decay \(decay)") }
            }
        }
    }
}
