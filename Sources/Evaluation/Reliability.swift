/// How well confidences come true: bins of confidence, and the expected calibration error.
///
/// Source: C. Guo and others, "On calibration of modern neural networks", ICML 2017; M. Naeini and others, "Obtaining well
/// calibrated probabilities using Bayesian binning", AAAI 2015.
public struct Reliability: Codable, Hashable, Sendable {
    /// The predictions whose confidence lies in one tenth.
    public struct Bin: Codable, Hashable, Sendable {
        /// How many there are.
        public var count: Int
        /// Their mean confidence; 0 where there are none.
        public var confidence: Double
        /// The share of them that is correct; 0 where there are none.
        public var accuracy: Double
    }

    /// Ten bins of equal width, from 0 to 1.
    public let bins: [Bin]
    /// How many predictions there are.
    public let count: Int
    /// The mean over the predictions of the distance between their bin's confidence and accuracy.
    public let expectedCalibrationError: Double

    /// Bins of predictions.
    public init(_ predictions: some Sequence<(confidence: Double, isCorrect: Bool)>) {
        var sums = [(count: Int, confidence: Double, correct: Int)](repeating: (0, 0, 0), count: 10)
        var total = 0
        for (confidence, isCorrect) in predictions {
            let bin = min(9, max(0, Int(confidence * 10)))
            sums[bin].count += 1
            sums[bin].confidence += confidence
            sums[bin].correct += isCorrect ? 1 : 0
            total += 1
        }
        bins = sums.map { sum in
            sum.count == 0
                ? Bin(count: 0, confidence: 0, accuracy: 0)
                : Bin(
                    count: sum.count, confidence: sum.confidence / Double(sum.count),
                    accuracy: Double(sum.correct) / Double(sum.count))
        }
        count = total
        expectedCalibrationError =
            total == 0
            ? 0
            : bins.reduce(0) { $0 + Double($1.count) * abs($1.confidence - $1.accuracy) } / Double(total)
    }
}
