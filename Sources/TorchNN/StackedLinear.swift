import Torch

/// Several maps of one input in one product.
public struct StackedLinear {
    private let maps: [Linear]
    private let kept = ProductWeights()

    /// Stacks maps, all of which must have a bias.
    public init(_ maps: [Linear]) {
        self.maps = maps
    }

    /// The maps' outputs side by side, of the product's type.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        input.stackedLinear(weights: maps.map(\.weight), biases: maps.compactMap(\.bias), kept: kept)
    }
}
