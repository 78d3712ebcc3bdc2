import Testing
import Torch

/// Products off the tape in bfloat16, which go other ways for few rows, for many, and for few outputs.
struct FewRowsTests {
    /// Multiples of 1/8 from -1 to 1: bfloat16 has them, and float32 has the sums of their products.
    private func matrix(_ shape: [Int], _ seed: Int) -> Tensor {
        Tensor(sample(shape.reduce(1, *), seed).map { Float(($0 * 8).rounded() / 8) }, shape: shape)
    }

    @Test("whatever the number of rows and outputs, the sums are exact")
    func exactSums() async {
        await #expect(processExitsWith: .success) {
            let tests = FewRowsTests()
            for (rows, outputs) in [(1, 1), (5, 3), (16, 64), (33, 70), (128, 130), (129, 70), (300, 3)] {
                for inputs in [32, 96] {
                    let (input, weight) = (tests.matrix([rows, inputs], 1), tests.matrix([outputs, inputs], 2))
                    for bias in [tests.matrix([outputs], 3), nil] {
                        productPrecision = .float32
                        let expected = withoutGradients { input.linear(weight: weight, bias: bias).floats() }
                        productPrecision = .bfloat16
                        let kept = ProductWeights()
                        let found = withoutGradients { input.linear(weight: weight, bias: bias, kept: kept).floats() }
                        // Beyond one panel and 128 rows, sums are rounded to bfloat16 on their way: by half of 2^-7.
                        let rounding: Float = rows > 128 && outputs > 64 ? 0x1p-8 : 0
                        precondition(zip(found, expected).allSatisfy { abs($0 - $1) <= rounding * abs($1) })
                    }
                }
            }
        }
    }

    @Test("a norm off the tape hands the product the same rounded rows that the product would make itself")
    func roundedNorm() async {
        await #expect(processExitsWith: .success) {
            productPrecision = .bfloat16
            let tests = FewRowsTests()
            let (input, weight, bias) = (tests.matrix([40, 32], 1), tests.matrix([70, 32], 2), tests.matrix([70], 3))
            let (scale, offset, kept) = (tests.matrix([32], 4), tests.matrix([32], 5), ProductWeights())
            withoutGradients {
                let norm = input.layerNorm(weight: scale, bias: offset, epsilon: 1e-12)
                let copy = Tensor(norm.floats(), shape: [40, 32])
                let products = [norm, copy].map { $0.linear(weight: weight, bias: bias, kept: kept).floats() }
                precondition(products[0] == products[1])
                // Rows that are written to afterwards are rounded anew.
                norm.withMutableFloats { $0[0] = 64 }
                copy.withMutableFloats { $0[0] = 64 }
                let changed = [norm, copy].map { $0.linear(weight: weight, bias: bias, kept: kept).floats() }
                precondition(changed[0] == changed[1] && changed[0] != products[0])
            }
            let taped = input.layerNorm(weight: scale, bias: offset, epsilon: 1e-12).floats()
            let offTape = withoutGradients { input.layerNorm(weight: scale, bias: offset, epsilon: 1e-12).floats() }
            precondition(taped == offTape)
        }
    }

    @Test("a layer that is computed again gives the same bits both times, with weights that are kept")
    func computedAgain() async {
        await #expect(processExitsWith: .success) {
            productPrecision = .bfloat16
            let input = Tensor(sample(40 * 32, 1).floats, shape: [40, 32])
            let (weight, bias) = (
                Tensor(sample(70 * 32, 2).floats, shape: [70, 32]),
                Tensor([Float](repeating: 0.3, count: 70), shape: [70])
            )
            input.requiresGradient = true
            let kept = ProductWeights()
            let plain = input.linear(weight: weight, bias: bias, kept: kept)
            let again = input.recomputed { $0.linear(weight: weight, bias: bias, kept: kept) }
            precondition(plain.floats() == again.floats())
        }
    }
}
