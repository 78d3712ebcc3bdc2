import Evaluation

/// A table of scores with a drawing of each F1 beside it.
struct ScoreTable {
    /// One set of mentions.
    struct Row {
        let name: String
        let gold: String
        let predicted: String
        let precision: String
        let recall: String
        let f1: String
        let interval: String
        /// Nothing when there is nothing to score.
        let mark: [ScoreMark]

        init(name: String, counts: Counts, intervals: ScoreIntervals? = nil) {
            self.name = name
            gold = Figures.count(counts.gold)
            predicted = Figures.count(counts.predicted)
            precision = Figures.score(counts.precision, of: counts.predicted)
            recall = Figures.score(counts.recall, of: counts.gold)
            f1 = Figures.score(counts.f1, of: counts.gold + counts.predicted)
            let isEmpty = counts.gold + counts.predicted == 0
            interval = isEmpty ? "" : intervals.map { ScoreTable.text(of: $0.f1) } ?? ""
            mark = isEmpty ? [] : [ScoreMark(value: counts.f1, interval: intervals?.f1)]
        }
    }

    let caption: String
    let rowHeader: String
    let rows: [Row]
    /// At most one row, below a rule.
    let total: [Row]
    let hasIntervals: Bool
    let intervalLabel: String

    init(caption: String, rowHeader: String, rows: [Row], total: Row? = nil, level: Double? = nil) {
        self.caption = caption
        self.rowHeader = rowHeader
        self.rows = rows
        self.total = total.map { [$0] } ?? []
        hasIntervals = rows.contains { !$0.interval.isEmpty }
        intervalLabel = ScoreTable.label(level: level)
    }

    /// The heading of an interval: `95 % interval`.
    static func label(level: Double?) -> String { (level.map { Figures.percent($0) + " " } ?? "") + "interval" }

    static func text(of interval: ScoreIntervals.Interval) -> String {
        "\(Figures.score(interval.lower))–\(Figures.score(interval.upper))"
    }
}
