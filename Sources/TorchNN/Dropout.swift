import Torch

/// Zeroes elements at random while training.
public struct Dropout: Sendable {
    private let site: UInt32
    private let probability: Double

    /// A dropout at the place `name` of `scope`; different places drop independently.
    public init(_ scope: Scope, _ name: String, probability: Double) {
        site = scope.site(name)
        self.probability = probability
    }

    /// The mask of a forward pass.
    public func mask(_ mode: ForwardMode) -> DropoutMask {
        switch mode {
        case .evaluation: .none
        case .training(let seed, let step, _):
            DropoutMask(seed: seed, step: step, site: site, probability: probability)
        }
    }

    /// The input with elements dropped, or as it is outside training.
    public func callAsFunction(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        input.dropout(mask(mode))
    }
}
