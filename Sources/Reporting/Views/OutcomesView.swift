import ErrorAnalysis

/// How often each outcome occurred, type by type, with a bar of their shares.
struct OutcomesView {
    struct Column {
        let title: String
        let explanation: String
        let style: String
    }

    /// A part of a bar; coordinates out of 100.
    struct Part {
        let style: String
        let start: String
        let width: String
    }

    struct Cell {
        let count: String
        let isZero: Bool
    }

    struct Row {
        let type: String
        let cells: [Cell]
        let parts: [Part]
    }

    struct Boundary {
        let name: String
        let count: String
        let share: String
    }

    let columns: [Column]
    let errorColumns: [Column]
    let outcomeRows: [Row]
    let outcomeTotal: Row
    let boundaries: [Boundary]
    let hasBoundaries: Bool

    init(_ errors: ErrorAnalysisResult) {
        columns = Outcome.allCases.map {
            Column(title: Wording.name($0), explanation: Wording.explanation($0), style: $0.rawValue)
        }
        errorColumns = Array(columns.dropFirst())
        outcomeRows = errors.outcomes.map { Self.row($0.type, $0.counts) }
        outcomeTotal = Self.row("All types", Outcome.allCases.map { errors.count(of: $0) })
        let total = errors.boundaries.map(\.count).reduce(0, +)
        boundaries = errors.boundaries.filter { $0.count > 0 }.sorted { $0.count > $1.count }.map {
            Boundary(
                name: Wording.name($0.kind), count: Figures.count($0.count),
                share: Figures.percent(Double($0.count) / Double(total)))
        }
        hasBoundaries = total > 0
    }

    private static func row(_ type: String, _ counts: [Int]) -> Row {
        let total = Double(max(counts.reduce(0, +), 1))
        var start = 0.0
        var parts: [Part] = []
        for (outcome, count) in zip(Outcome.allCases, counts) where count > 0 {
            let width = 100 * Double(count) / total
            parts.append(
                Part(
                    style: outcome.rawValue, start: Figures.coordinate(start), width: Figures.coordinate(width)))
            start += width
        }
        return Row(
            type: type, cells: counts.map { Cell(count: Figures.count($0), isZero: $0 == 0) }, parts: parts)
    }
}
