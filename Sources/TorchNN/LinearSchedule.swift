/// Warm-up, then linear decay to zero, as a factor of the learning rate.
public struct LinearSchedule: Hashable, Sendable {
    /// Steps over which the factor rises from zero to one.
    public var warmupSteps: Int
    /// Steps in all; the factor is zero after the last one.
    public var totalSteps: Int

    /// Makes a schedule.
    public init(warmupSteps: Int, totalSteps: Int) {
        precondition(0 <= warmupSteps && warmupSteps <= totalSteps, "a warm-up longer than the training")
        self.warmupSteps = warmupSteps
        self.totalSteps = totalSteps
    }

    /// The factor of step `step`, counted from 0; it is above zero for every step of the training.
    public func factor(at step: Int) -> Double {
        if step < warmupSteps { return Double(step + 1) / Double(warmupSteps) }
        return max(0, Double(totalSteps - step)) / Double(max(1, totalSteps - warmupSteps))
    }
}
