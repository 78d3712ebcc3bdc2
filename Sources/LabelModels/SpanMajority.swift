/// The label that most functions vote for on a token; neighbors of one label are one mention.
///
/// Outside is a vote like others, silence none, and a vote against a label takes one away from it. The baseline that every other model must beat.
public struct SpanMajority: SpanLabelModel {
    /// The number of labels, outside and the types.
    public let labelCount: Int
    /// Whether neighbors of one label are parted where no vote holds both.
    public var partsMentions: Bool
    /// Whether votes count by their strength, or all alike.
    public var usesStrength: Bool

    /// Makes the model.
    public init(labelCount: Int, partsMentions: Bool = false, usesStrength: Bool = false) {
        self.labelCount = labelCount
        self.partsMentions = partsMentions
        self.usesStrength = usesStrength
    }

    /// Does nothing: there is nothing to learn.
    public mutating func fit(_ sequences: [VotedSequence]) {}

    /// The mentions, with the mean share of the votes that their tokens' label got.
    public func labels(of sequence: VotedSequence) -> SequenceLabels {
        var counts = [Double](repeating: 0, count: sequence.tokenCount * labelCount)
        for vote in sequence.votes {
            let weight = (vote.isAgainst ? -1 : 1) * (usesStrength ? vote.strength : 1)
            for token in vote.tokens { counts[token * labelCount + vote.label] += weight }
        }
        for place in counts.indices { counts[place] = max(0, counts[place]) }
        let isVotedOn = sequence.isVotedOn
        var labels = [Int](repeating: LabelMatrix.outside, count: sequence.tokenCount)
        for token in labels.indices {
            let row = token * labelCount
            let total = counts[row..<row + labelCount].reduce(0, +)
            guard isVotedOn[token], total > 0 else {
                counts[row] = 1
                continue
            }
            for label in 0..<labelCount { counts[row + label] /= total }
            // Of types with as many votes the first, and outside only with more than any.
            for label in 1..<labelCount
            where counts[row + label] > counts[row + labels[token]]
                || labels[token] == LabelMatrix.outside && counts[row + label] == counts[row]
            {
                labels[token] = label
            }
        }
        let isJoined = partsMentions ? sequence.isJoined(labels: labels) : [Bool](repeating: true, count: labels.count)
        return SequenceLabels(
            spans: Self.spans(of: labels, isJoined: isJoined) { counts[$0 * labelCount + $1] }, probabilities: counts,
            labelCount: labelCount, isUnknown: isVotedOn.map { !$0 })
    }

    private static func spans(
        of labels: [Int], isJoined: [Bool], probability: (_ token: Int, _ label: Int) -> Double
    ) -> [LabeledSpan] {
        var spans: [LabeledSpan] = []
        var start = 0
        while start < labels.count {
            let label = labels[start]
            var end = start + 1
            guard label != LabelMatrix.outside else {
                start = end
                continue
            }
            while end < labels.count, labels[end] == label, isJoined[end] { end += 1 }
            let sum = (start..<end).reduce(0) { $0 + probability($1, label) }
            spans.append(LabeledSpan(tokens: start..<end, label: label, probability: sum / Double(end - start)))
            start = end
        }
        return spans
    }
}
