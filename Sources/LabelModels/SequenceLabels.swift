/// What a model of spans makes of the votes on one sequence.
public struct SequenceLabels: Sendable {
    /// The mentions, in the order of the text.
    public var spans: [LabeledSpan]
    /// For each token the probability of each label, outside first; tokens × labels. For soft training.
    public var probabilities: [Double]
    /// The number of labels, outside and the types.
    public var labelCount: Int
    /// Tokens that nobody spoke about: unknown rather than outside, whatever ``probabilities`` say.
    public var isUnknown: [Bool]

    /// Makes labels.
    public init(spans: [LabeledSpan], probabilities: [Double], labelCount: Int, isUnknown: [Bool]) {
        self.spans = spans
        self.probabilities = probabilities
        self.labelCount = labelCount
        self.isUnknown = isUnknown
    }

    /// The probability that a token has a label.
    public subscript(token: Int, label: Int) -> Double { probabilities[token * labelCount + label] }

    /// A label a token: that of the span it lies in, or outside.
    public var labels: [Int] {
        var labels = [Int](repeating: LabelMatrix.outside, count: isUnknown.count)
        for span in spans {
            for token in span.tokens { labels[token] = span.label }
        }
        return labels
    }
}
