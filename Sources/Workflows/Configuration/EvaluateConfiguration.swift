/// Scoring of predictions.
public struct EvaluateConfiguration: ConfigurationSection {
    /// Resamples of the documents behind each 95 % interval.
    public var bootstrapSamples = 1000

    /// The default settings.
    public init() {}
}
