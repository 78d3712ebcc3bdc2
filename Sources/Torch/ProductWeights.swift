internal import CTorch

/// The weights of a layer as its products want them: side by side, in the product's precision, laid out for the
/// processor.
///
/// It is made when a product needs it and made anew when the weights have changed since. One layer's belongs to that
/// layer's calls alone.
public final class ProductWeights {
    let handle: OpaquePointer

    /// Nothing yet.
    public init() {
        guard let handle = ct_weights_new() else { fatalError("out of memory") }
        self.handle = handle
    }

    deinit {
        ct_weights_free(handle)
    }
}
