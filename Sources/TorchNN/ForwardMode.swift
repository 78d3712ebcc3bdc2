/// Whether a forward pass is for training, with dropout, or for use.
public enum ForwardMode: Hashable, Sendable {
    /// No dropout.
    case evaluation
    /// Dropout whose masks follow from the run's seed and the number of the step.
    ///
    /// Batches whose gradients are added up for one optimizer step need different numbers. Layers that are recomputed
    /// keep only their input for the backward pass, for less memory and a second forward pass.
    case training(seed: UInt64, step: UInt32, recomputesLayers: Bool = false)

    /// Whether layers keep only their input for the backward pass.
    public var recomputesLayers: Bool {
        if case .training(_, _, let recomputes) = self { recomputes } else { false }
    }
}
