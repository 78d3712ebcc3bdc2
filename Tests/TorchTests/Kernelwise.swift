import Torch

/// The ways to compute that a test compares with our kernels on the processor.
enum Way: CaseIterable {
    case composed
    case gpu

    /// Those of this machine.
    static var all: [Way] { Device.cudaCount > 0 ? allCases : [.composed] }
}

/// What `body` gives with our kernels, and what it gives each other way; `body` makes its tensors itself.
///
/// Kernels and device belong to the process, so this is called in tests that are processes of their own.
func kernelwise<Result>(_ body: () -> Result) -> (fused: Result, others: [(way: Way, result: Result)]) {
    kernels = .fused
    let fused = body()
    let others = Way.all.map { way in
        switch way {
        case .composed: kernels = .composed
        case .gpu: computeDevice = .cuda(0)
        }
        defer {
            kernels = .fused
            computeDevice = .cpu
        }
        return (way, body())
    }
    return (fused, others)
}

/// Stops the process unless all numbers agree within `tolerance` times the largest of their list, or times 1.
func requireEqual(
    _ found: [[Float]], _ expected: [[Float]], within tolerance: Double, _ what: @autoclosure () -> String
) {
    precondition(found.count == expected.count)
    for (index, (found, expected)) in zip(found, expected).enumerated() {
        precondition(!expected.isEmpty && found.count == expected.count, "\(what()): list \(index) is empty")
        let largest = expected.reduce(1) { max($0, abs($1)) }
        let difference = largestDifference(found, expected.map(Double.init))
        precondition(difference <= tolerance * Double(largest), "\(what()): list \(index) is off by \(difference)")
    }
}

/// Stops the process unless the difference of each two lists is small beside the expected one, by Euclidean norms.
func requireClose(_ found: [[Float]], _ expected: [[Float]], within share: Double, _ what: @autoclosure () -> String) {
    func norm(_ values: some Sequence<Float>) -> Double {
        values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    precondition(found.count == expected.count)
    for (index, (found, expected)) in zip(found, expected).enumerated() {
        precondition(!expected.isEmpty && found.count == expected.count)
        let difference = norm(zip(found, expected).map { $0 - $1 })
        precondition(
            difference <= share * norm(expected), "\(what()): list \(index) is off by \(difference / norm(expected))")
    }
}

/// The result of `body` on leaves of these shapes, and the leaves' gradients for a made-up gradient of the result.
func forwardAndBackward(_ shapes: [[Int]], scale: Double = 1, _ body: ([Tensor]) -> Tensor) -> [[Float]] {
    let leaves = shapes.enumerated().map { index, shape in
        let values = sample(shape.reduce(1, *), index + 1).map { scale * $0 }
        let leaf = Tensor(values.floats, shape: shape)
        leaf.requiresGradient = true
        return leaf
    }
    let output = body(leaves)
    output.backward(gradient: Tensor(sample(output.count, 99).floats, shape: output.shape))
    return [output.floats()] + leaves.map { $0.grad?.floats() ?? [] }
}
