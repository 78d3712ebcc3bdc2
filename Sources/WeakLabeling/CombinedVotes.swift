import LabelModels

/// What a label model makes of the votes on a corpus: a label a token, and how probable it is.
struct CombinedVotes {
    /// For each document a label a token.
    private(set) var labels: [[Int]] = []
    /// For each document the probability of that label.
    private(set) var probabilities: [[Double]] = []
    /// For each function how often it is right where it votes, as the model sees it.
    let estimatedAccuracies: [Double?]

    /// For each document the probability of each label of each token, tokens × labels, outside first.
    private(set) var distributions: [[Double]] = []

    /// - Parameter gold: the true mentions of documents, by their places in `votes`; only the hidden Markov model is
    ///   held to them.
    init(
        _ votes: [DocumentVotes], by name: LabelingConfiguration.LabelModelName, functionCount: Int, labelCount: Int,
        gold: [Int: [LabeledSpan]] = [:]
    ) {
        switch name {
        case .weighted:
            self.init(
                votes, tokenModel: MajorityVote(usesStrength: true), functionCount: functionCount,
                labelCount: labelCount)
        case .majority:
            self.init(votes, tokenModel: MajorityVote(), functionCount: functionCount, labelCount: labelCount)
        case .accuracy:
            self.init(votes, tokenModel: AccuracyModel(), functionCount: functionCount, labelCount: labelCount)
        case .hmm:
            self.init(
                votes, chain: HiddenMarkovLabelModel(functionCount: functionCount, labelCount: labelCount), gold: gold)
        }
    }

    private init(
        _ votes: [DocumentVotes], tokenModel: some LabelModel, functionCount: Int, labelCount: Int
    ) {
        var model = tokenModel
        var matrix = LabelMatrix(functionCount: functionCount, classCount: labelCount)
        for document in votes {
            for token in 0..<document.tokenCount {
                if document.hasVotes(on: token) { matrix.append(document.cells(on: token)) }
            }
        }
        model.fit(matrix)
        estimatedAccuracies = model.estimatedAccuracies(matrix)
        let rows = model.probabilities(matrix)
        var row = 0
        for document in votes {
            var labels = [Int](repeating: LabelMatrix.outside, count: document.tokenCount)
            var probabilities = [Double](repeating: 1, count: document.tokenCount)
            var distribution = [Double](repeating: 0, count: document.tokenCount * labelCount)
            for token in labels.indices {
                guard document.hasVotes(on: token) else {
                    distribution[token * labelCount] = 1
                    continue
                }
                labels[token] = rows.best(row)
                probabilities[token] = rows[row, labels[token]]
                for label in 0..<labelCount { distribution[token * labelCount + label] = rows[row, label] }
                row += 1
            }
            distributions.append(distribution)
            self.labels.append(labels)
            self.probabilities.append(probabilities)
        }
    }

    private init(_ votes: [DocumentVotes], chain: HiddenMarkovLabelModel, gold: [Int: [LabeledSpan]]) {
        var model = chain
        let sequences = votes.map(\.sequence)
        model.fit(sequences, gold: gold)
        estimatedAccuracies = model.estimatedAccuracies
        for sequence in sequences {
            let result = model.labels(of: sequence)
            let labels = result.labels
            self.labels.append(labels)
            distributions.append(result.probabilities)
            probabilities.append(labels.enumerated().map { result[$0, $1] })
        }
    }
}
