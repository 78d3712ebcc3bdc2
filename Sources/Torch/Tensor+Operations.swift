internal import CTorch

extension Tensor {
    /// `self · weightᵀ + bias`, for self [N, K], weight [M, K] and bias [M]; [N, M].
    ///
    /// - Parameter kept: what the product wants of the weights, for the next time.
    public func linear(weight: Tensor, bias: Tensor?, kept: ProductWeights? = nil) -> Tensor {
        Tensor(owning: made { ct_linear(handle, weight.handle, bias?.handle, kept?.handle, $0) })
    }

    /// Several linear maps of the same rows in one product, their outputs side by side; of the product's type.
    public func stackedLinear(weights: [Tensor], biases: [Tensor], kept: ProductWeights? = nil) -> Tensor {
        precondition(weights.count == biases.count, "a bias a weight")
        let weights = weights.map { Optional($0.handle) }
        let biases = biases.map { Optional($0.handle) }
        return Tensor(
            owning: made { ct_stacked_linear(handle, weights, biases, Int64(weights.count), kept?.handle, $0) })
    }

    /// The exact GELU, x · Φ(x), of ``linear(weight:bias:)``, both in one node of the tape; of the product's type.
    public func linearGELU(weight: Tensor, bias: Tensor, kept: ProductWeights? = nil) -> Tensor {
        Tensor(owning: made { ct_linear_gelu(handle, weight.handle, bias.handle, kept?.handle, $0) })
    }

    /// The rows of this matrix [V, D] at `indices` (a vector of N integers); [N, D].
    public func rows(at indices: Tensor) -> Tensor {
        Tensor(owning: made { ct_gather_rows(handle, indices.handle, $0) })
    }

    /// The element-wise sum; an axis of size 1 is repeated to fit.
    public static func + (left: Tensor, right: Tensor) -> Tensor {
        Tensor(owning: made { ct_add(left.handle, right.handle, $0) })
    }

    /// The mean over the rows of logits [N, V] of the negative log probability of each row's target (N classes).
    public func crossEntropy(targets: Tensor) -> Tensor {
        Tensor(owning: made { ct_cross_entropy(handle, targets.handle, false, $0) })
    }

    /// The total over the rows of logits [N, V] of the negative log probability of each row's target (N classes).
    public func totalCrossEntropy(targets: Tensor) -> Tensor {
        Tensor(owning: made { ct_cross_entropy(handle, targets.handle, true, $0) })
    }
}
