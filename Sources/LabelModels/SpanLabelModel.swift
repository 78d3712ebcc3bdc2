/// Combines the votes of labeling functions into mentions; it sees votes on token runs only, never text.
public protocol SpanLabelModel: Sendable {
    /// Learns what there is to learn from the votes on a corpus.
    mutating func fit(_ sequences: [VotedSequence])

    /// The mentions of a sequence and the distribution of each token's label.
    func labels(of sequence: VotedSequence) -> SequenceLabels
}
