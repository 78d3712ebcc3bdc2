/// Whether a forward pass is for training, with dropout, or for use.
public enum ForwardMode: Hashable, Sendable {
    /// No dropout.
    case evaluation
    /// Dropout whose masks follow from the run's seed and the number of the step.
    ///
    /// Batches whose gradients are added up for one optimizer step need different numbers.
    case training(seed: UInt64, step: UInt32)
}
