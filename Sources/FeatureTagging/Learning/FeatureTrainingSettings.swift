/// How the weights of a feature-based tagger are found.
///
/// The defaults are CRFsuite's, but for both penalties, of which it recommends to use some.
public struct FeatureTrainingSettings: Hashable, Sendable, Codable {
    /// What is added to the loss for each unit of a weight's size (c1 of CRFsuite); above 0 most weights become 0.
    public var l1 = 0.1
    /// What is added to the loss for each unit of a weight's square (c2 of CRFsuite).
    public var l2 = 0.1
    /// How often a feature must occur to count.
    public var minimumFrequency = 1
    /// Whether a feature has a weight for every tag, not only for those that it occurs with.
    public var allPossibleStates = false
    /// Whether every transition has a weight, not only those that occur.
    public var allPossibleTransitions = false
    /// Whether starting and ending with a tag have weights, too.
    public var learnsEnds = true
    /// Whether transitions that the scheme forbids are impossible in training as they are in tagging.
    public var constrainsTraining = false
    /// How the loss is minimized.
    public var minimization = MinimizerSettings()

    /// As above.
    public init() {}

    /// What is wrong with the settings; nothing if they can be used.
    var fault: String? {
        if !(l1 >= 0 && l1.isFinite) { return "l1 is \(l1); supported: numbers from 0" }
        if !(l2 >= 0 && l2.isFinite) { return "l2 is \(l2); supported: numbers from 0" }
        if minimumFrequency < 0 { return "minimumFrequency is \(minimumFrequency); supported: whole numbers from 0" }
        return minimization.fault
    }
}
