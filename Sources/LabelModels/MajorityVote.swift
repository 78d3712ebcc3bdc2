/// The share of the votes that a class got; the baseline that every other label model must beat.
public struct MajorityVote: LabelModel {
    /// Makes the model.
    public init() {}

    /// Does nothing: there is nothing to learn.
    public mutating func fit(_ matrix: LabelMatrix) {}

    /// The share of the votes that each class got.
    public func probabilities(_ matrix: LabelMatrix) -> LabelProbabilities {
        var values = [Double](repeating: 0, count: matrix.distinctRows.count * matrix.classCount)
        for (place, row) in matrix.distinctRows.enumerated() {
            for cell in row { values[place * matrix.classCount + cell.label] += 1 / Double(row.count) }
        }
        return LabelProbabilities(ofDistinctRows: values, matrix: matrix)
    }

    /// The mean share of the votes that a function's class got.
    public func estimatedAccuracies(_ matrix: LabelMatrix) -> [Double?] {
        var sums = [Double](repeating: 0, count: matrix.functionCount)
        var counts = [Double](repeating: 0, count: matrix.functionCount)
        for (row, count) in zip(matrix.distinctRows, matrix.counts) {
            for cell in row {
                let agreeing = row.count { $0.label == cell.label }
                sums[cell.function] += Double(count * agreeing) / Double(row.count)
                counts[cell.function] += Double(count)
            }
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / $1 : nil }
    }
}
