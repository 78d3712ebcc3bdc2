/// What a label model makes of the votes on documents: a label a token, and how probable it is.
struct CombinedVotes {
    /// For each document a label a token.
    private(set) var labels: [[Int]] = []
    /// For each document the probability of that label.
    private(set) var probabilities: [[Double]] = []
    /// For each document the probability of each label of each token, tokens × labels, outside first.
    private(set) var distributions: [[Double]] = []

    /// Adds a document.
    mutating func append(labels: [Int], probabilities: [Double], distribution: [Double]) {
        self.labels.append(labels)
        self.probabilities.append(probabilities)
        distributions.append(distribution)
    }
}
