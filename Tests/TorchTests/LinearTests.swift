import Testing
import Torch

struct LinearTests {
    // The path belongs to the process, and other tests run at the same time: hence processes of their own.

    @Test("both product paths agree with the obvious loops, forward and backward, with and without bias")
    func bothPaths() async {
        await #expect(processExitsWith: .success) {
            for path in ProductPath.allCases {
                productPath = path
                precondition(productPath == path)
                for (rows, inputs, outputs) in [(1, 1, 1), (5, 7, 3), (32, 16, 48)] {
                    for hasBias in [false, true] {
                        precondition(
                            linearDifference(rows: rows, inputs: inputs, outputs: outputs, hasBias: hasBias) < 1e-4)
                    }
                }
            }
        }
    }

    @Test("the faster path is chosen and stays")
    func choice() async {
        await #expect(processExitsWith: .success) {
            let chosen = chooseProductPath()
            precondition(productPath == chosen)
        }
    }

    @Test("a frozen weight gets no gradient, and the input still does")
    func frozen() {
        let weight = Tensor([1, 2], shape: [1, 2])
        let input = Tensor([3, 4], shape: [1, 2])
        input.requiresGradient = true
        input.linear(weight: weight, bias: nil).backward(gradient: Tensor([1], shape: [1, 1]))
        #expect(weight.grad == nil)
        #expect(input.grad?.floats() == [1, 2])
    }
}

/// The largest difference between the tape and plain loops, over output and all gradients.
private func linearDifference(rows: Int, inputs: Int, outputs: Int, hasBias: Bool) -> Double {
    let (x, w) = (sample(rows * inputs, 1), sample(outputs * inputs, 2))
    let (b, g) = (sample(outputs, 3), sample(rows * outputs, 4))
    var y = [Double](repeating: 0, count: rows * outputs)
    var dx = [Double](repeating: 0, count: x.count)
    var dw = [Double](repeating: 0, count: w.count)
    var db = [Double](repeating: 0, count: outputs)
    for row in 0..<rows {
        for output in 0..<outputs {
            let slope = g[row * outputs + output]
            if hasBias { y[row * outputs + output] = b[output] }
            db[output] += slope
            for input in 0..<inputs {
                y[row * outputs + output] += x[row * inputs + input] * w[output * inputs + input]
                dx[row * inputs + input] += slope * w[output * inputs + input]
                dw[output * inputs + input] += slope * x[row * inputs + input]
            }
        }
    }
    let input = Tensor(x.floats, shape: [rows, inputs])
    let weight = Tensor(w.floats, shape: [outputs, inputs])
    let bias = Tensor(b.floats, shape: [outputs])
    for tensor in [input, weight, bias] { tensor.requiresGradient = true }
    let result = input.linear(weight: weight, bias: hasBias ? bias : nil)
    result.backward(gradient: Tensor(g.floats, shape: [rows, outputs]))
    var pairs = [(result.floats(), y), (input.grad?.floats() ?? [], dx), (weight.grad?.floats() ?? [], dw)]
    if hasBias { pairs.append((bias.grad?.floats() ?? [], db)) }
    return pairs.map { largestDifference($0, $1) }.max() ?? .infinity
}
