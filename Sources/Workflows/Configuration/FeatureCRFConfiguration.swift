import FeatureTagging

/// The training of the feature-based tagger.
public struct FeatureCRFConfiguration: ConfigurationSection {
    /// What is added to the loss for each unit of a weight's size; above 0 most weights become 0.
    public var l1 = 0.1
    /// What is added to the loss for each unit of a weight's square.
    public var l2 = 0.1
    /// How often a feature must occur to count.
    public var minimumFrequency = 1
    /// The most passes over the notes.
    public var iterations = 100

    /// The default settings.
    public init() {}

    /// The first value out of its range.
    public var wrongValue: WrongValue? {
        WrongValue.first(
            ("l1", l1 >= 0, "0 or more"), ("l2", l2 >= 0, "0 or more"),
            ("minimumFrequency", minimumFrequency >= 0, "0 or more"), ("iterations", iterations >= 1, "1 or more"))
    }

    /// The settings as the trainer takes them.
    var settings: FeatureTrainingSettings {
        var settings = FeatureTrainingSettings()
        settings.l1 = l1
        settings.l2 = l2
        settings.minimumFrequency = minimumFrequency
        settings.minimization.maximumIterations = iterations
        return settings
    }
}
