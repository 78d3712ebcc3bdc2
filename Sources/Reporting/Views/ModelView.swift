/// How the model came to be: silver corpus, adaptation, fine-tuning.
struct ModelView {
    struct SilverRow {
        let silverType: String
        let silverCount: String
    }

    struct FunctionRow {
        let function: String
        let functionTypes: String
        let votes: String
        let coverage: String
        let overlap: String
        let conflict: String
        let accuracy: String
        let functionPrecision: String
        let functionRecall: String
    }

    struct Perplexity {
        let before: String
        let after: String
        let change: String
        let heldOut: String
        let lossCharts: [LineChart]
    }

    struct EpochRow {
        let stage: String
        let epoch: Int
        let loss: String
        let devPrecision: String
        let devRecall: String
        let devF1: String
        let isBest: Bool
    }

    let silverRows: [SilverRow]
    let silverTotal: String
    let hasSilver: Bool
    let functionRows: [FunctionRow]
    let hasFunctions: Bool
    /// At most one.
    let perplexities: [Perplexity]
    let epochRows: [EpochRow]
    let hasEpochs: Bool
    let trainingCharts: [LineChart]
    let isEmpty: Bool

    init(_ summary: RunSummary) {
        silverRows = summary.silver.map { SilverRow(silverType: $0.type, silverCount: Figures.count($0.count)) }
        silverTotal = Figures.count(summary.silver.map(\.count).reduce(0, +))
        hasSilver = !summary.silver.isEmpty
        functionRows = (summary.labeling?.rows ?? []).map { row in
            FunctionRow(
                function: row.function, functionTypes: row.types.joined(separator: ", "),
                votes: Figures.count(row.votes), coverage: Figures.percent(row.coverage),
                overlap: Figures.percent(row.overlap), conflict: Figures.percent(row.conflict),
                accuracy: row.estimatedAccuracy.map(Figures.score) ?? "–",
                functionPrecision: row.precision.map(Figures.score) ?? "–",
                functionRecall: row.recall.map(Figures.score) ?? "–")
        }
        hasFunctions = !functionRows.isEmpty
        perplexities = summary.pretraining.map { [Self.perplexity($0)] } ?? []
        // The model that is kept is the last stage's best.
        let lastStage = summary.training.last?.stage
        let best = summary.training.enumerated().filter { $1.stage == lastStage }
            .max { ($0.element.devF1, $1.offset) < ($1.element.devF1, $0.offset) }?.offset
        epochRows = summary.training.enumerated().map { place, epoch in
            EpochRow(
                stage: epoch.stage, epoch: epoch.epoch, loss: Figures.score(epoch.loss),
                devPrecision: Figures.score(epoch.devPrecision), devRecall: Figures.score(epoch.devRecall),
                devF1: Figures.score(epoch.devF1), isBest: place == best)
        }
        hasEpochs = !epochRows.isEmpty
        trainingCharts = Self.trainingChart(summary.training).map { [$0] } ?? []
        isEmpty = !hasSilver && !hasFunctions && perplexities.isEmpty && !hasEpochs
    }

    private static func perplexity(_ pretraining: RunSummary.Pretraining) -> Perplexity {
        let change = pretraining.perplexityAfter / pretraining.perplexityBefore - 1
        let chart = LineChart(
            title: "Masked-LM loss", xTitle: "optimizer step", yTitle: "nats a masked piece",
            series: [
                LineChart.Series(
                    name: "Loss at step", values: pretraining.curve.map { (Double($0.step), $0.loss) })
            ], decimals: 1)
        return Perplexity(
            before: String(Figures.score(pretraining.perplexityBefore).dropLast(1)),
            after: String(Figures.score(pretraining.perplexityAfter).dropLast(1)),
            change: (change > 0 ? "+" : "−") + Figures.percent(abs(change)),
            heldOut: Figures.count(pretraining.heldOutNotes, "held-out note"), lossCharts: chart.map { [$0] } ?? [])
    }

    /// Dev F1 over all epochs, each stage a line of its own.
    private static func trainingChart(_ epochs: [RunSummary.Epoch]) -> LineChart? {
        var series: [LineChart.Series] = []
        for (place, epoch) in epochs.enumerated() {
            let value = (x: Double(place + 1), y: epoch.devF1)
            if let last = series.last, last.name == epoch.stage {
                series[series.count - 1] = LineChart.Series(name: last.name, values: last.values + [value])
            } else {
                series.append(LineChart.Series(name: epoch.stage, values: [value]))
            }
        }
        return LineChart(
            title: "Strict F1 on the dev notes", xTitle: "epoch", yTitle: "one stage after the other",
            series: series, decimals: 2)
    }
}
