/// The facts of the run, for the record.
struct FactsView {
    struct SplitRow {
        let splitTitle: String
        let notes: String
        let tokens: String
        let entities: String
    }

    struct StepRow {
        let stepName: String
        let duration: String
    }

    let runName: String
    let seed: String
    let encoder: String
    let peakMemory: String
    let corpusRows: [SplitRow]
    let stepRows: [StepRow]
    let stepTotal: String
    let hasSteps: Bool
    let commandLines: String
    let hasCommands: Bool

    init(_ summary: RunSummary) {
        runName = summary.name
        seed = String(summary.seed)
        encoder = summary.encoder
        peakMemory = summary.peakMemory.map(Figures.memory) ?? "not measured"
        corpusRows = summary.corpus.map {
            SplitRow(
                splitTitle: $0.name, notes: Figures.count($0.notes), tokens: Figures.count($0.tokens),
                entities: Figures.count($0.entities))
        }
        stepRows = summary.steps.map { StepRow(stepName: $0.name, duration: Figures.duration($0.seconds)) }
        stepTotal = Figures.duration(summary.steps.map(\.seconds).reduce(0, +))
        hasSteps = !summary.steps.isEmpty
        commandLines = summary.commands.joined(separator: "\n")
        hasCommands = !summary.commands.isEmpty
    }
}
