import Testing
import Torch

struct OptimizationTests {
    @Test("AdamW moves parameters as its equations say, over several steps, with decay and scaled gradients")
    func equations() {
        let count = 70
        var weights = sample(count, 1)
        var (first, second) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
        let parameter = Tensor(weights.floats, shape: [count])
        let moments = [Tensor.zeros([count]), Tensor.zeros([count])]
        for number in 1...5 {
            let gradient = sample(count, 10 + number)
            let rate = 0.1 / Double(number)
            for i in 0..<count {
                let g = 0.5 * gradient[i]
                first[i] = 0.9 * first[i] + 0.1 * g
                second[i] = 0.99 * second[i] + 0.01 * g * g
                var corrections = (1.0, 1.0)
                for _ in 0..<number { corrections = (corrections.0 * 0.9, corrections.1 * 0.99) }
                weights[i] -= rate * 0.2 * weights[i]
                weights[i] -=
                    rate * (first[i] / (1 - corrections.0))
                    / ((second[i] / (1 - corrections.1)).squareRoot() + 1e-8)
            }
            parameter.grad = Tensor(gradient.floats, shape: [count])
            stepAdamW(
                parameters: [parameter], firstMoments: [moments[0]], secondMoments: [moments[1]],
                AdamWStep(
                    number: number, learningRate: rate, betas: (0.9, 0.99), epsilon: 1e-8, weightDecay: 0.2,
                    gradientScale: 0.5))
            #expect(largestDifference(parameter.floats(), weights) < 1e-5)
            #expect(largestDifference(moments[0].floats(), first) < 1e-6)
            #expect(largestDifference(moments[1].floats(), second) < 1e-6)
        }
    }

    @Test("a parameter without a gradient stays, with its moments")
    func withoutGradient() {
        let parameter = Tensor([1, 2], shape: [2])
        let moments = [Tensor([3, 4], shape: [2]), Tensor([5, 6], shape: [2])]
        stepAdamW(
            parameters: [parameter], firstMoments: [moments[0]], secondMoments: [moments[1]],
            AdamWStep(
                number: 1, learningRate: 1, betas: (0.9, 0.99), epsilon: 1e-8, weightDecay: 0.5, gradientScale: 1))
        #expect(parameter.floats() == [1, 2])
        #expect(moments[0].floats() == [3, 4])
    }

    @Test("the norm is over all gradients together, large tensors included")
    func norm() {
        let sizes = [1, 3, 100_000]
        let parameters = sizes.map { Tensor.zeros([$0]) }
        var squares = 0.0
        for (index, parameter) in parameters.enumerated() {
            let gradient = sample(sizes[index], index)
            squares += gradient.reduce(0) { $0 + $1 * $1 }
            parameter.grad = Tensor(gradient.floats, shape: [sizes[index]])
        }
        let norm = gradientNorm(of: parameters + [.zeros([5])])
        #expect(abs(norm - squares.squareRoot()) < 1e-4 * norm)
    }

    @Test("steps on a table with sparse gradients end at the weights of dense steps", arguments: [0, 0.2])
    func sparseTable(decay: Double) {
        let (count, width) = (leastSparseRows, 19)
        let batches: [[Int64]] = [[3, 7, 3, 49], [7, 0], [11, 11, 11], [3, 2, 49, 0]]
        func run(sparse: Bool) -> ([Float], Double) {
            let table = Tensor(sample(count * width, 1).floats, shape: [count, width])
            table.requiresGradient = true
            let moments = [Tensor.zeros([count, width]), Tensor.zeros([count, width])]
            let touched = Tensor([Int64](repeating: 0, count: count))
            var norms = 0.0
            for number in 1...9 {
                let rows = batches[number % batches.count]
                table.rows(at: Tensor(rows))
                    .backward(
                        gradient: Tensor(sample(rows.count * width, 20 + number).floats, shape: [rows.count, width]))
                norms += gradientNorm(of: [table])
                let step = AdamWStep(
                    number: number, learningRate: 0.01, betas: (0.9, 0.999), epsilon: 1e-8, weightDecay: decay,
                    gradientScale: 0.7)
                if sparse {
                    stepAdamW(
                        table: table, firstMoment: moments[0], secondMoment: moments[1], touched: touched, step)
                } else {
                    // Reading the gradient makes it dense.
                    table.grad = table.grad
                    stepAdamW(
                        parameters: [table], firstMoments: [moments[0]], secondMoments: [moments[1]], step)
                }
                table.grad = nil
            }
            return (table.floats(), norms)
        }
        let (sparse, dense) = (run(sparse: true), run(sparse: false))
        #expect(largestDifference(sparse.0, dense.0.map(Double.init)) < 1e-6)
        #expect(abs(sparse.1 - dense.1) < 1e-5 * dense.1)
        if decay == 0 { #expect(sparse.0[10 * width] == Float(sample(count * width, 1)[10 * width])) }
    }
}
