internal import CTorch

extension Tensor {
    /// `self · weightᵀ + bias`, for self [N, K], weight [M, K] and bias [M]; [N, M].
    public func linear(weight: Tensor, bias: Tensor?) -> Tensor {
        Tensor(owning: made { ct_linear(handle, weight.handle, bias?.handle, $0) })
    }

    /// The exact GELU of each element, x · Φ(x).
    public func gelu() -> Tensor {
        Tensor(owning: made { ct_gelu(handle, $0) })
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
