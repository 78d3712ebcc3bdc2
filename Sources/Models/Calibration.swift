/// What makes a tagger's confidences come true, found on notes with gold.
public struct Calibration: Hashable, Sendable, Codable {
    /// What all scores of a chain are divided by before probabilities are made of them; what is found stays the same.
    ///
    /// Source: C. Guo and others, "On calibration of modern neural networks", ICML 2017.
    public var temperature: Double
    /// For each type, the confidence below which leaving its entities out would have raised F1 on these notes; 0 where
    /// none would.
    public var thresholds: [String: Double]

    /// Makes a calibration; by default one that changes nothing.
    public init(temperature: Double = 1, thresholds: [String: Double] = [:]) {
        self.temperature = temperature
        self.thresholds = thresholds
    }
}
