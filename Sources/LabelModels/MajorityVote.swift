/// The share of the votes that a class got; the baseline that every other label model must beat.
///
/// A vote against a class takes away from what that class got. Where nothing is left, the token is outside.
public struct MajorityVote: LabelModel {
    /// Whether votes count by their strength, or all alike.
    public var usesStrength: Bool

    /// Makes the model.
    public init(usesStrength: Bool = false) { self.usesStrength = usesStrength }

    /// Does nothing: there is nothing to learn.
    public mutating func fit(_ matrix: LabelMatrix) {}

    /// The share of the votes that each class got.
    public func probabilities(_ matrix: LabelMatrix) -> LabelProbabilities {
        LabelProbabilities(
            ofDistinctRows: matrix.distinctRows.flatMap { shares(of: $0, classCount: matrix.classCount) },
            matrix: matrix)
    }

    /// The mean share of the votes that a function's class got; of a vote against a class, what this did not get.
    public func estimatedAccuracies(_ matrix: LabelMatrix) -> [Double?] {
        var sums = [Double](repeating: 0, count: matrix.functionCount)
        var counts = [Double](repeating: 0, count: matrix.functionCount)
        for (row, count) in zip(matrix.distinctRows, matrix.counts) {
            let shares = shares(of: row, classCount: matrix.classCount)
            for cell in row {
                sums[cell.function] += Double(count) * (cell.isAgainst ? 1 - shares[cell.label] : shares[cell.label])
                counts[cell.function] += Double(count)
            }
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / $1 : nil }
    }

    private func shares(of row: [LabelMatrix.Cell], classCount: Int) -> [Double] {
        var shares = [Double](repeating: 0, count: classCount)
        for cell in row { shares[cell.label] += (cell.isAgainst ? -1 : 1) * (usesStrength ? cell.strength : 1) }
        for label in shares.indices { shares[label] = max(0, shares[label]) }
        let total = shares.reduce(0, +)
        guard total > 0 else {
            shares[LabelMatrix.outside] = 1
            return shares
        }
        return shares.map { $0 / total }
    }
}
