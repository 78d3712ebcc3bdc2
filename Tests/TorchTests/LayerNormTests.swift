import Testing
import Torch

struct LayerNormTests {
    private struct Case {
        var rows: Int
        var width: Int
        var probability: Double
        var hasResidual: Bool
    }

    @Test("output and all gradients agree with the plain composition of dropout, sum and norm")
    func plainComposition() {
        for probability in [0, 0.4] {
            for hasResidual in [false, true] {
                for (rows, width) in [(1, 8), (3, 5), (35, 24)] {
                    check(Case(rows: rows, width: width, probability: probability, hasResidual: hasResidual))
                }
            }
        }
    }

    private func check(_ test: Case) {
        let (rows, width) = (test.rows, test.width)
        let mask = DropoutMask(seed: 9, step: 8, site: 7, probability: test.probability)
        let multipliers = (0..<rows).flatMap { mask.multipliers(row: $0, count: width).map(Double.init) }
        let slopes = sample(rows * width, 5)
        let x = sample(rows * width, 1)
        let r = test.hasResidual ? sample(rows * width, 2) : [Double](repeating: 0, count: rows * width)
        let (w, b) = (sample(width, 3), sample(width, 4))

        func composition(_ x: [Double], _ r: [Double], _ w: [Double], _ b: [Double]) -> [Double] {
            var output: [Double] = []
            for row in 0..<rows {
                let range = row * width..<(row + 1) * width
                let h = range.map { x[$0] * multipliers[$0] + r[$0] }
                let mean = h.reduce(0, +) / Double(width)
                let variance = h.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
                output += (0..<width).map { (h[$0] - mean) / (variance + 1e-3).squareRoot() * w[$0] + b[$0] }
            }
            return output
        }
        func loss(_ output: [Double]) -> Double { zip(output, slopes).reduce(0) { $0 + $1.0 * $1.1 } }

        let input = Tensor(x.floats, shape: [rows, width])
        let residual = Tensor(r.floats, shape: [rows, width])
        let (weight, bias) = (Tensor(w.floats, shape: [width]), Tensor(b.floats, shape: [width]))
        for tensor in [input, residual, weight, bias] { tensor.requiresGradient = true }
        let output = input.layerNorm(
            dropout: mask, residual: test.hasResidual ? residual : nil, weight: weight, bias: bias, epsilon: 1e-3)
        output.backward(gradient: Tensor(slopes.floats, shape: [rows, width]))

        #expect(largestDifference(output.floats(), composition(x, r, w, b)) < 1e-5, "\(test)")
        let gradients: [(Tensor, [Double])] = [
            (input, numericGradient(of: { loss(composition($0, r, w, b)) }, at: x)),
            (weight, numericGradient(of: { loss(composition(x, r, $0, b)) }, at: w)),
            (bias, numericGradient(of: { loss(composition(x, r, w, $0)) }, at: b)),
        ]
        for (tensor, expected) in gradients {
            #expect(largestDifference(tensor.grad?.floats() ?? [], expected) < 1e-4, "\(test)")
        }
        if test.hasResidual {
            let expected = numericGradient(of: { loss(composition(x, $0, w, b)) }, at: r)
            #expect(largestDifference(residual.grad?.floats() ?? [], expected) < 1e-4, "\(test)")
        }
    }
}
