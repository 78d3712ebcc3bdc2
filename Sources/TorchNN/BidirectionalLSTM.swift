import Torch

/// One layer of LSTM in both directions over packed sequences, with PyTorch's parameter names.
///
/// N rows of all sequences together, D inputs, U units a direction.
public struct BidirectionalLSTM {
    private let forward: [Tensor]
    private let reverse: [Tensor]

    /// A layer of `units` units a direction over rows of `inputs` values.
    public init(_ scope: Scope, inputs: Int, units: Int) throws {
        // PyTorch's initialization.
        let initial = Scope.Initial.uniform(bound: 1 / Double(units).squareRoot())
        func parameters(_ suffix: String) throws -> [Tensor] {
            [
                try scope.parameter("weight_ih_l0\(suffix)", shape: [4 * units, inputs], initial: initial),
                try scope.parameter("weight_hh_l0\(suffix)", shape: [4 * units, units], initial: initial),
                try scope.parameter("bias_ih_l0\(suffix)", shape: [4 * units], initial: initial),
                try scope.parameter("bias_hh_l0\(suffix)", shape: [4 * units], initial: initial),
            ]
        }
        forward = try parameters("")
        reverse = try parameters("_reverse")
    }

    /// [N, D] to [N, 2U], forward units first; `lengths` rows belong to each sequence.
    public func callAsFunction(_ input: Tensor, lengths: [Int]) -> Tensor {
        input.bidirectionalLSTM(lengths: lengths, forward: forward, reverse: reverse)
    }
}
