/// Confidence intervals of the scores of one set of counts.
public struct ScoreIntervals: Codable, Hashable, Sendable {
    /// A range of values of one score, both ends included.
    public struct Interval: Codable, Hashable, Sendable {
        /// The lower end.
        public var lower: Double
        /// The upper end.
        public var upper: Double

        /// Makes an interval.
        public init(lower: Double, upper: Double) {
            self.lower = lower
            self.upper = upper
        }
    }

    /// Of the precision.
    public var precision: Interval
    /// Of the recall.
    public var recall: Interval
    /// Of the F1 score.
    public var f1: Interval

    /// Makes the intervals.
    public init(precision: Interval, recall: Interval, f1: Interval) {
        self.precision = precision
        self.recall = recall
        self.f1 = f1
    }
}
