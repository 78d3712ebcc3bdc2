/// A differentiable function that is to be minimized.
protocol Objective: AnyObject {
    /// The number of its variables.
    var dimension: Int { get }

    /// The value at `point`; the gradient is written to `gradient`. Both have `dimension` numbers.
    func evaluate(_ point: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>) -> Double
}
