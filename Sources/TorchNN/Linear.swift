import Torch

/// An affine map of rows: `x · weightᵀ + bias`.
public struct Linear {
    let weight: Tensor
    let bias: Tensor?
    private let kept = ProductWeights()

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
        input.linear(weight: weight, bias: bias, kept: kept)
    }

    /// The exact GELU of the map, [N, inputs] to [N, outputs], of the product's type; the layer must have a bias.
    public func gelu(_ input: Tensor) -> Tensor {
        guard let bias else { preconditionFailure("a layer without bias") }
        return input.linearGELU(weight: weight, bias: bias, kept: kept)
    }

    /// [N, inputs] to [N, outputs], of the product's type, for kernels that read either; the layer must have a bias.
    public func narrow(_ input: Tensor) -> Tensor {
        guard let bias else { preconditionFailure("a layer without bias") }
        return input.stackedLinear(weights: [weight], biases: [bias], kept: kept)
    }
}
