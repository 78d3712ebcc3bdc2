import Evaluation

/// The first thing on the page: the score, how sure it is, and the types.
struct HeadlineView {
    let splitName: String
    let f1: String
    let intervalText: String
    let intervalName: String
    let headlineMark: ScoreMark
    let precision: String
    let recall: String
    let macroF1: String
    let noteCount: String
    let goldCount: String
    let predictedCount: String
    let bootstrapText: String
    let otherTypes: [String]
    let typeTable: ScoreTable
    /// The other evaluations beside this one; empty when there is only one.
    let splitTables: [ScoreTable]

    init(_ summary: RunSummary, main: RunSummary.SplitEvaluation) {
        let result = main.result
        splitName = main.name
        f1 = Figures.score(result.micro.f1, of: result.micro.gold + result.micro.predicted)
        intervalText = result.microIntervals.map { ScoreTable.text(of: $0.f1) } ?? ""
        intervalName = ScoreTable.label(level: result.bootstrap?.level)
        headlineMark = ScoreMark(value: result.micro.f1, interval: result.microIntervals?.f1)
        precision = Figures.score(result.micro.precision, of: result.micro.predicted)
        recall = Figures.score(result.micro.recall, of: result.micro.gold)
        macroF1 = Figures.score(result.macro.f1)
        noteCount = Figures.count(result.documents, "note")
        goldCount = Figures.count(result.micro.gold, "gold mention")
        predictedCount = Figures.count(result.micro.predicted, "prediction")
        bootstrapText =
            result.bootstrap.map {
                "Intervals hold \(Figures.percent($0.level)) of \(Figures.count($0.samples)) sets of notes "
                    + "drawn with replacement."
            } ?? ""
        otherTypes = [
            Self.text(of: result.goldOfOtherTypes, what: "gold mention"),
            Self.text(of: result.predictedOfOtherTypes, what: "prediction"),
        ].compactMap { $0 }
        typeTable = ScoreTable(
            caption: "Strict scores by type on \(main.name).", rowHeader: "Type",
            rows: result.types.map { ScoreTable.Row(name: $0.type, counts: $0.counts, intervals: $0.intervals) },
            total: ScoreTable.Row(name: "All types", counts: result.micro, intervals: result.microIntervals),
            level: result.bootstrap?.level)
        splitTables =
            summary.evaluations.count < 2
            ? []
            : [
                ScoreTable(
                    caption: "All evaluations of the run, all types together.", rowHeader: "Evaluation",
                    rows: summary.evaluations.map {
                        ScoreTable.Row(
                            name: $0.name, counts: $0.result.micro, intervals: $0.result.microIntervals)
                    }, level: result.bootstrap?.level)
            ]
    }

    private static func text(of counts: [String: Int], what: String) -> String? {
        guard !counts.isEmpty else { return nil }
        let types = counts.sorted { $0.key < $1.key }.map { "\($0.key) \(Figures.count($0.value))" }
        return "Not counted: \(Figures.count(counts.values.reduce(0, +), what)) of other types "
            + "(\(types.joined(separator: ", ")))."
    }
}
