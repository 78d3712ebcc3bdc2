import ErrorAnalysis

/// The confusion matrix with each cell shaded by its share of its row.
struct ConfusionView {
    struct Cell {
        let count: String
        /// The share of the row, 0 … 1, for the shade.
        let share: String
        let isDiagonal: Bool
        let isZero: Bool
    }

    struct Row {
        let goldType: String
        let cells: [Cell]
    }

    let predictedTypes: [String]
    let matrixRows: [Row]

    init(_ matrix: ConfusionMatrix) {
        predictedTypes = matrix.types + ["none"]
        matrixRows = matrix.counts.enumerated().map { row, counts in
            let total = Double(max(counts.reduce(0, +), 1))
            let cells = counts.enumerated().map { column, count in
                Cell(
                    count: row == column && row == matrix.types.count ? "" : Figures.count(count),
                    share: Figures.coordinate(Double(count) / total),
                    isDiagonal: row == column, isZero: count == 0)
            }
            return Row(goldType: row < matrix.types.count ? matrix.types[row] : "none", cells: cells)
        }
    }
}
