/// For each row of a label matrix the probability of each class.
public struct LabelProbabilities: Sendable {
    /// The number of classes.
    public let classCount: Int
    private let values: [Double]
    private let distinctIndex: [Int]

    /// Puts together the probabilities of a matrix's distinct rows, `distinct rows × classes`.
    init(ofDistinctRows values: [Double], matrix: LabelMatrix) {
        classCount = matrix.classCount
        self.values = values
        distinctIndex = matrix.distinctIndex
    }

    /// The probability that the token of a row is of a class.
    public subscript(row: Int, label: Int) -> Double { values[distinctIndex[row] * classCount + label] }

    /// The most probable class of a row; the lowest type first where classes are equal, and outside last.
    public func best(_ row: Int) -> Int {
        var best = LabelMatrix.outside
        for label in 1..<max(1, classCount)
        where self[row, label] > self[row, best] + 1e-12
            || (best == LabelMatrix.outside && self[row, label] >= self[row, best] - 1e-12)
        {
            best = label
        }
        return best
    }
}
