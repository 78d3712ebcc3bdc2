import Dispatch
import Synchronization

/// A value that is being computed on another thread.
public final class Background<Value: Sendable>: Sendable {
    private let result = Mutex<Value?>(nil)
    private let group = DispatchGroup()

    /// Starts the computation.
    public init(_ body: @escaping @Sendable () -> Value) {
        DispatchQueue.global(qos: .userInitiated).async(group: group) {
            let value = body()
            self.result.withLock { $0 = value }
        }
    }

    /// Waits for the value.
    public func value() -> Value {
        group.wait()
        guard let value = result.withLock({ $0 }) else { preconditionFailure("a finished computation left nothing") }
        return value
    }
}
