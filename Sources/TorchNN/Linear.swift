import Torch

/// An affine map of rows: `x · weightᵀ + bias`.
public struct Linear {
    private let weight: Tensor
    private let bias: Tensor?

    /// A map from `inputs` to `outputs` values a row.
    public init(
        _ scope: Scope, inputs: Int, outputs: Int, bias hasBias: Bool = true,
        initial: Scope.Initial = .normal(deviation: 0.02), absence: Scope.Absence = .isError
    ) throws {
        weight = try scope.parameter("weight", shape: [outputs, inputs], initial: initial, absence: absence)
        bias = hasBias ? try scope.parameter("bias", shape: [outputs], initial: .constant(0), absence: absence) : nil
    }

    /// A map whose tensors belong to other layers too, such as a decoder tied to an embedding.
    public init(weight: Tensor, bias: Tensor?) {
        self.weight = weight
        self.bias = bias
    }

    /// [N, inputs] to [N, outputs].
    public func callAsFunction(_ input: Tensor) -> Tensor {
        input.linear(weight: weight, bias: bias)
    }
}
