/// Combines the votes of labeling functions; it sees the matrix only, never text.
public protocol LabelModel: Sendable {
    /// Learns what there is to learn from a matrix.
    mutating func fit(_ matrix: LabelMatrix)

    /// The probability of each class for each row of a matrix with the same columns and classes.
    func probabilities(_ matrix: LabelMatrix) -> LabelProbabilities

    /// For each function how often it is right where it votes, as the model sees it; nothing if it never votes.
    func estimatedAccuracies(_ matrix: LabelMatrix) -> [Double?]
}
