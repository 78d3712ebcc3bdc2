import Testing
import Torch

/// Weights that are kept as products want them, and change.
struct ProductWeightsTests {
    private func check(_ precision: Precision, _ path: ProductPath) {
        productPrecision = precision
        productPath = path
        let input = Tensor(sample(40 * 16, 1).floats, shape: [40, 16])
        let weights = [2, 3].map { Tensor(sample(48 * 16, $0).floats, shape: [48, 16]) }
        let biases = [4, 5].map { Tensor(sample(48, $0).floats, shape: [48]) }
        let kept = ProductWeights()
        func agrees() -> Bool {
            let fresh = withoutGradients { input.stackedLinear(weights: weights, biases: biases) }
            let again = withoutGradients { input.stackedLinear(weights: weights, biases: biases, kept: kept) }
            let third = withoutGradients { input.stackedLinear(weights: weights, biases: biases, kept: kept) }
            let taped = input.stackedLinear(weights: weights, biases: biases, kept: kept)
            let tolerance = precision == .float32 ? 1e-5 : 0.05
            return [again, third, taped].allSatisfy {
                largestDifference($0.values(), fresh.values().map(Double.init)) < tolerance
            }
        }
        precondition(agrees())
        // Written to directly, by an optimizer's step, and in another precision.
        weights[1].withMutableFloats { $0[0] = 100 }
        precondition(agrees())
        biases[0].withMutableFloats { $0[7] = -50 }
        precondition(agrees())
        weights[0].requiresGradient = true
        weights[0].grad = Tensor([Float](repeating: 1, count: 48 * 16), shape: [48, 16])
        let step = AdamWStep(
            number: 1, learningRate: 0.5, betas: (0.9, 0.999), epsilon: 1e-8, weightDecay: 0, gradientScale: 1)
        stepAdamW(
            parameters: [weights[0]], firstMoments: [.zeros([48, 16])], secondMoments: [.zeros([48, 16])], step)
        precondition(agrees())
        productPrecision = precision == .float32 ? .bfloat16 : .float32
        precondition(withoutGradients { input.stackedLinear(weights: weights, biases: biases, kept: kept) }.count > 0)
        productPrecision = precision
        precondition(agrees())
    }

    @Test("kept weights give what fresh ones give, before and after every way to change them")
    func changes() async {
        await #expect(processExitsWith: .success) {
            for precision in Precision.allCases {
                for path in ProductPath.allCases { ProductWeightsTests().check(precision, path) }
            }
        }
    }
}

extension Tensor {
    /// The elements of a result in either precision.
    fileprivate func values() -> [Float] { linear(weight: identity(shape[1]), bias: nil).floats() }
}

private func identity(_ size: Int) -> Tensor {
    Tensor((0..<size * size).map { $0 / size == $0 % size ? 1 : 0 }, shape: [size, size])
}
