internal import CTorch

extension Tensor {
    /// The means of consecutive rows of this matrix [N, D]: `counts[i]` rows from `starts[i]` on, rising and not
    /// overlapping; [means, D].
    public func meanRows(starts: [Int], counts: [Int]) -> Tensor {
        precondition(starts.count == counts.count, "a start and a count each mean")
        let (starts, counts) = (starts.sizes, counts.sizes)
        return Tensor(owning: made { ct_mean_rows(handle, starts, counts, Int64(starts.count), $0) })
    }

    /// Matrices of N rows side by side; [N, all columns].
    public static func sideBySide(_ parts: [Tensor]) -> Tensor {
        if parts.count == 1 { return parts[0] }
        let handles = parts.map { Optional($0.handle) }
        return Tensor(owning: made { ct_concatenate(handles, Int64(handles.count), $0) })
    }

    /// Some columns of this matrix [N, D]; [N, columns].
    public func columns(_ range: Range<Int>) -> Tensor {
        Tensor(owning: made { ct_columns(handle, Int64(range.lowerBound), Int64(range.count), $0) })
    }

    /// `scale · Σ softmax(weights)[i] · tensors[i]`, for tensors of one shape, as many weights, and one scale.
    public static func mix(_ tensors: [Tensor], weights: Tensor, scale: Tensor) -> Tensor {
        let handles = tensors.map { Optional($0.handle) }
        return Tensor(owning: made { ct_mix(handles, Int64(handles.count), weights.handle, scale.handle, $0) })
    }
}
