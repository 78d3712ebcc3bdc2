import LabelModels

/// What a label model makes of the votes on a corpus: a label a token, and how probable it is.
struct CombinedVotes {
    /// For each document a label a token.
    private(set) var labels: [[Int]] = []
    /// For each document the probability of that label.
    private(set) var probabilities: [[Double]] = []
    /// For each function how often it is right where it votes, as the model sees it.
    let estimatedAccuracies: [Double?]

    init(
        _ votes: [DocumentVotes], by name: LabelingConfiguration.LabelModelName, functionCount: Int, labelCount: Int
    ) {
        switch name {
        case .majority:
            self.init(votes, tokenModel: MajorityVote(), functionCount: functionCount, labelCount: labelCount)
        case .accuracy:
            self.init(votes, tokenModel: AccuracyModel(), functionCount: functionCount, labelCount: labelCount)
        case .hmm:
            self.init(
                votes, chain: HiddenMarkovLabelModel(functionCount: functionCount, labelCount: labelCount))
        }
    }

    private init(
        _ votes: [DocumentVotes], tokenModel: some LabelModel, functionCount: Int, labelCount: Int
    ) {
        var model = tokenModel
        var matrix = LabelMatrix(functionCount: functionCount, classCount: labelCount)
        for document in votes {
            for token in 0..<document.tokenCount {
                let cells = document.cells(on: token)
                if !cells.isEmpty { matrix.append(cells) }
            }
        }
        model.fit(matrix)
        estimatedAccuracies = model.estimatedAccuracies(matrix)
        let rows = model.probabilities(matrix)
        var row = 0
        for document in votes {
            var labels = [Int](repeating: LabelMatrix.outside, count: document.tokenCount)
            var probabilities = [Double](repeating: 1, count: document.tokenCount)
            for token in labels.indices where document.hasVotes(on: token) {
                labels[token] = rows.best(row)
                probabilities[token] = rows[row, labels[token]]
                row += 1
            }
            self.labels.append(labels)
            self.probabilities.append(probabilities)
        }
    }

    private init(_ votes: [DocumentVotes], chain: HiddenMarkovLabelModel) {
        var model = chain
        let sequences = votes.map { document in
            VotedSequence(
                tokenCount: document.tokenCount,
                votes: document.casts.map {
                    SpanVote(function: $0.function, tokens: $0.vote.tokens, label: $0.label)
                })
        }
        model.fit(sequences)
        estimatedAccuracies = model.estimatedAccuracies
        for sequence in sequences {
            let result = model.labels(of: sequence)
            let labels = result.labels
            self.labels.append(labels)
            probabilities.append(labels.enumerated().map { result[$0, $1] })
        }
    }
}
