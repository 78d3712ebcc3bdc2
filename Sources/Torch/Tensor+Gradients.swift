internal import CTorch

extension Tensor {
    /// Whether backward passes add up a gradient for this tensor.
    public var requiresGradient: Bool {
        get { ct_tensor_requires_gradient(handle) }
        set { check(ct_tensor_set_requires_gradient(handle, newValue)) }
    }

    /// The gradient that backward passes have added up; setting nothing removes it.
    public var grad: Tensor? {
        get {
            var gradient: OpaquePointer?
            check(ct_tensor_gradient(handle, &gradient))
            return gradient.map(Tensor.init(owning:))
        }
        set { check(ct_tensor_set_gradient(handle, newValue?.handle)) }
    }

    /// Adds to the gradients of everything this scalar was computed from.
    public func backward() {
        check(ct_tensor_backward(handle, nil))
    }

    /// Adds to the gradients of everything this tensor was computed from, given the loss's gradient by this tensor.
    public func backward(gradient: Tensor) {
        check(ct_tensor_backward(handle, gradient.handle))
    }

    /// The same memory, cut off the tape.
    public func detached() -> Tensor {
        Tensor(owning: made { ct_tensor_detach(handle, $0) })
    }
}

/// Runs `body` without recording for a backward pass, on this thread.
///
/// The closure is synchronous on purpose: recording is a property of the thread, and an `await` may change threads.
public func withoutGradients<Result>(_ body: () throws -> Result) rethrows -> Result {
    let previous = ct_set_gradients_enabled(false)
    defer { _ = ct_set_gradients_enabled(previous) }
    return try body()
}
