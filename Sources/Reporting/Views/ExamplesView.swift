import ErrorAnalysis

/// The examples of each kind of error, and the types to filter them by.
struct ExamplesView {
    struct Group {
        let outcomeTitle: String
        let outcomeExplanation: String
        let count: String
        let isOpen: Bool
        let examples: [ExampleView]
    }

    struct FilterType {
        let name: String
        let place: Int
    }

    let filterTypes: [FilterType]
    let groups: [Group]

    init(_ errors: ErrorAnalysisResult) {
        let types = errors.outcomes.map(\.type)
        let places = Dictionary(types.enumerated().map { ($1, $0) }) { first, _ in first }
        let shown = Set(errors.examples.flatMap { [$0.gold?.type, $0.predicted?.type].compactMap { $0 } })
        filterTypes = types.enumerated().filter { shown.contains($1) }.map { FilterType(name: $1, place: $0) }
        let largest = Outcome.errors.map { errors.count(of: $0) }.max() ?? 0
        groups = Outcome.errors.compactMap { outcome in
            let examples = errors.examples.filter { $0.outcome == outcome }
            guard !examples.isEmpty else { return nil }
            let count = errors.count(of: outcome)
            let isPart = examples.count < count
            return Group(
                outcomeTitle: Wording.name(outcome), outcomeExplanation: Wording.explanation(outcome),
                count: isPart ? "\(examples.count) of \(Figures.count(count))" : Figures.count(count),
                isOpen: count == largest, examples: examples.map { ExampleView($0, typePlaces: places) })
        }
    }
}
