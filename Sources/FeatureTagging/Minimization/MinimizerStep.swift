/// Where a minimization stands after an iteration.
public struct MinimizerStep: Hashable, Sendable {
    /// Counted from 1.
    public var iteration: Int
    /// The loss with its penalties.
    public var loss: Double
    /// The length of the gradient, or of what stands for it beside weights of 0.
    public var gradientNorm: Double
    /// How often the loss was computed so far.
    public var evaluations: Int
}

/// Why a minimization ended.
public enum MinimizerOutcome: String, Hashable, Sendable, Codable {
    /// The gradient is about zero.
    case converged
    /// The loss hardly falls any more.
    case stalled
    /// The most iterations were done.
    case iterationLimit
    /// No point along the steepest descent is better, within what numbers can tell.
    case noDescent
}
