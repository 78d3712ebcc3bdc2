internal import CTorch

extension Tensor {
    /// `body` of this tensor, which keeps nothing for the backward pass but this tensor: there `body` runs once more.
    ///
    /// It saves memory for the time of a second forward pass. `body` has to give the same result each time.
    /// Source: T. Chen et al., "Training deep nets with sublinear memory cost" (2016).
    public func recomputed(_ body: @escaping (Tensor) -> Tensor) -> Tensor {
        let context = Unmanaged.passRetained(RecomputedBody(body)).toOpaque()
        return Tensor(
            owning: made {
                ct_recomputed(
                    handle,
                    { context, input, output in
                        guard let context, let input else { return Int32(CT_FAILED) }
                        let body = Unmanaged<RecomputedBody>.fromOpaque(context).takeUnretainedValue()
                        let result = body.body(Tensor(owning: input))
                        return withExtendedLifetime(result) { ct_tensor_share(result.handle, output) }
                    }, context,
                    { context in if let context { Unmanaged<RecomputedBody>.fromOpaque(context).release() } },
                    $0)
            })
    }
}

private final class RecomputedBody {
    let body: (Tensor) -> Tensor

    init(_ body: @escaping (Tensor) -> Tensor) {
        self.body = body
    }
}
