import Foundation
import Testing
import Torch

/// The fused products, in both precisions. The precision is one for the whole process, so each test is a process.
struct LinearGELUTests {
    @Test("the GELU of a linear map and its gradients agree with the formula in double precision")
    func plainComposition() {
        // 21 outputs: a vector of 16 and a rest; 40 rows: more than one block.
        let (rows, inputs, outputs) = (40, 7, 21)
        let values = [sample(rows * inputs, 1), sample(outputs * inputs, 2), sample(outputs, 3)].map {
            $0.map { 3 * $0 }
        }
        let slopes = sample(rows * outputs, 4)
        func forward(_ x: [Double], _ w: [Double], _ b: [Double]) -> [Double] {
            (0..<rows * outputs).map { place in
                let (row, output) = (place / outputs, place % outputs)
                let z = (0..<inputs).reduce(b[output]) { $0 + x[row * inputs + $1] * w[output * inputs + $1] }
                return z * 0.5 * (1 + erf(z / 2.0.squareRoot()))
            }
        }
        func loss(_ output: [Double]) -> Double { zip(output, slopes).reduce(0) { $0 + $1.0 * $1.1 } }
        let shapes = [[rows, inputs], [outputs, inputs], [outputs]]
        let tensors = zip(values, shapes).map { Tensor($0.floats, shape: $1) }
        for tensor in tensors { tensor.requiresGradient = true }
        let output = tensors[0].linearGELU(weight: tensors[1], bias: tensors[2])
        output.backward(gradient: Tensor(slopes.floats, shape: [rows, outputs]))
        #expect(largestDifference(output.floats(), forward(values[0], values[1], values[2])) < 1e-5)
        let expected = [
            numericGradient(of: { loss(forward($0, values[1], values[2])) }, at: values[0]),
            numericGradient(of: { loss(forward(values[0], $0, values[2])) }, at: values[1]),
            numericGradient(of: { loss(forward(values[0], values[1], $0)) }, at: values[2]),
        ]
        for (tensor, gradient) in zip(tensors, expected) {
            #expect(largestDifference(tensor.grad?.floats() ?? [], gradient) < 2e-4)
        }
    }

    @Test("GELU is x · Φ(x) with the exact Φ")
    func gelu() {
        let values: [Double] = [-3, -1, -0.1, 0, 0.5, 2]
        let expected = values.map { $0 * 0.5 * erfc(-$0 / 2.squareRoot()) }
        let output = Tensor(values.floats, shape: [6, 1])
            .linearGELU(weight: Tensor([1], shape: [1, 1]), bias: Tensor([0], shape: [1]))
        #expect(largestDifference(output.floats(), expected) < 1e-6)
    }

    @Test("the GELU is exact far from zero: nothing on the left, everything on the right")
    func farFromZero() {
        let one = Tensor([1], shape: [1, 1])
        for x: Float in [-50, -12, 12, 50] {
            let output = Tensor([x], shape: [1, 1]).linearGELU(weight: one, bias: Tensor([0], shape: [1]))
            #expect(abs(output.floats()[0] - max(0, x)) < 1e-30)
        }
    }

    @Test("stacked maps give side by side what each gives alone, and the same gradients")
    func stacked() {
        let (rows, inputs) = (9, 5)
        let sizes = [4, 6, 3]
        let slopes = sizes.indices.map { sample(rows * sizes[$0], 20 + $0).floats }
        func leaves() -> (input: Tensor, weights: [Tensor], biases: [Tensor]) {
            let all = (
                Tensor(sample(rows * inputs, 1).floats, shape: [rows, inputs]),
                sizes.indices.map { Tensor(sample(sizes[$0] * inputs, 2 + $0).floats, shape: [sizes[$0], inputs]) },
                sizes.indices.map { Tensor(sample(sizes[$0], 8 + $0).floats, shape: [sizes[$0]]) }
            )
            for tensor in [all.0] + all.1 + all.2 { tensor.requiresGradient = true }
            return all
        }
        let (together, alone) = (leaves(), leaves())
        let output = together.input.stackedLinear(weights: together.weights, biases: together.biases)
        var width = 0
        var whole = [Float](repeating: 0, count: rows * 13)
        for (index, size) in sizes.enumerated() {
            let part = alone.input.linear(weight: alone.weights[index], bias: alone.biases[index])
            part.backward(gradient: Tensor(slopes[index], shape: [rows, size]))
            for row in 0..<rows {
                let found = output.floats()[row * 13 + width..<row * 13 + width + size]
                let expected = part.floats()[row * size..<(row + 1) * size]
                #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
                whole.replaceSubrange(
                    row * 13 + width..<row * 13 + width + size, with: slopes[index][row * size..<(row + 1) * size])
            }
            width += size
        }
        output.backward(gradient: Tensor(whole, shape: [rows, 13]))
        let pairs = zip(
            [together.input] + together.weights + together.biases, [alone.input] + alone.weights + alone.biases)
        for (one, other) in pairs {
            #expect(largestDifference(one.grad?.floats() ?? [], other.grad?.floats().map(Double.init) ?? []) < 1e-5)
        }
    }

    @Test("a bias learns on a weight that does not")
    func frozenWeight() {
        let weight = Tensor([1, 2], shape: [1, 2])
        let bias = Tensor([0], shape: [1])
        bias.requiresGradient = true
        Tensor([3, 4, 5, 6], shape: [2, 2]).linear(weight: weight, bias: bias)
            .backward(gradient: Tensor([1, 10], shape: [2, 1]))
        #expect(bias.grad?.floats() == [11])
        #expect(weight.grad == nil)
    }

    @Test("a layer in bfloat16 stays within its rounding of float32, with float32 results and gradients")
    func bfloat16() async {
        await #expect(processExitsWith: .success) {
            let (rows, width, heads) = (45, 64, 2)
            func run(_ precision: Precision) -> [[Float]] {
                productPrecision = precision
                let hidden = Tensor(sample(rows * width, 1).floats, shape: [rows, width])
                func matrix(_ outputs: Int, _ inputs: Int, _ seed: Int) -> Tensor {
                    Tensor(sample(outputs * inputs, seed).map { $0 / 4 }.floats, shape: [outputs, inputs])
                }
                let maps = [matrix(width, width, 2), matrix(width, width, 3), matrix(width, width, 4)]
                let (inner, outer) = (matrix(100, width, 5), matrix(width, 100, 6))
                let biases = [width, width, width, 100, width].enumerated().map {
                    Tensor(sample($1, 10 + $0).floats, shape: [$1])
                }
                let norm = Tensor([Float](repeating: 1, count: width), shape: [width])
                let leaves = [hidden] + maps + [inner, outer] + biases
                for leaf in leaves { leaf.requiresGradient = true }
                let mask = DropoutMask(seed: 1, step: 2, site: 3, probability: 0.1)
                let context = hidden.stackedLinear(weights: maps, biases: Array(biases[0..<3]))
                    .attention(lengths: [20, 25], heads: heads, dropout: mask)
                let attended = context.layerNorm(
                    dropout: mask, residual: hidden, weight: norm, bias: biases[0], epsilon: 1e-12)
                let output = attended.linearGELU(weight: inner, bias: biases[3])
                    .stackedLinear(weights: [outer], biases: [biases[4]])
                    .layerNorm(dropout: mask, residual: attended, weight: norm, bias: biases[1], epsilon: 1e-12)
                output.backward(gradient: Tensor(sample(rows * width, 9).floats, shape: [rows, width]))
                return [output.floats()] + leaves.map { $0.grad?.floats() ?? [] }
            }
            let (exact, rounded) = (run(.float32), run(.bfloat16))
            for (first, second) in zip(exact, rounded) {
                precondition(!first.isEmpty && first.count == second.count)
                let size = first.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
                let difference = zip(first, second).reduce(0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
                precondition(difference.squareRoot() < 0.02 * size, "off by \(difference.squareRoot() / size)")
                precondition(difference > 0, "nothing was rounded")
            }
        }
    }
}
