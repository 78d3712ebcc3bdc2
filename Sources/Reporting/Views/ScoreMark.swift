import Evaluation

/// A dot on a scale from 0 to 1, with its interval as a line; coordinates out of 100.
struct ScoreMark {
    let position: String
    let intervalStart: String
    let intervalEnd: String
    let hasInterval: Bool

    init(value: Double, interval: ScoreIntervals.Interval?) {
        position = Figures.coordinate(100 * value)
        hasInterval = interval != nil
        intervalStart = Figures.coordinate(100 * (interval?.lower ?? value))
        intervalEnd = Figures.coordinate(100 * (interval?.upper ?? value))
    }
}
