import Torch

/// Normalizes each row to mean 0 and deviation 1, then scales and shifts it.
///
/// Source: J. Ba, J. Kiros, G. Hinton, "Layer normalization", arXiv:1607.06450.
public struct LayerNorm {
    private let weight: Tensor
    private let bias: Tensor
    private let epsilon: Double

    /// A norm of rows of `width` values.
    public init(_ scope: Scope, width: Int, epsilon: Double, absence: Scope.Absence = .isError) throws {
        weight = try scope.parameter(
            "weight", formerly: "gamma", shape: [width], initial: .constant(1), absence: absence)
        bias = try scope.parameter("bias", formerly: "beta", shape: [width], initial: .constant(0), absence: absence)
        self.epsilon = epsilon
    }

    /// The norm of `dropout(input) + residual`, all [N, width].
    public func callAsFunction(_ input: Tensor, dropout: DropoutMask = .none, residual: Tensor? = nil) -> Tensor {
        input.layerNorm(dropout: dropout, residual: residual, weight: weight, bias: bias, epsilon: epsilon)
    }
}
