import LabelModels

/// A label model that has learned from the votes on some documents, for these and others.
struct LearnedLabelModel: Sendable {
    private enum Model: Sendable {
        case tokens(any LabelModel)
        case chain(HiddenMarkovLabelModel)
    }

    private let model: Model
    private let functionCount: Int
    private let labelCount: Int
    /// For each function how often it is right where it votes, as the model sees it.
    let estimatedAccuracies: [Double?]

    /// - Parameter gold: the true mentions of documents, by their places in `votes`; only the hidden Markov model is
    ///   held to them.
    init(
        _ name: LabelingConfiguration.LabelModelName, votes: [DocumentVotes], functionCount: Int, labelCount: Int,
        correlationDiscount: Double, gold: [Int: [LabeledSpan]] = [:]
    ) {
        self.functionCount = functionCount
        self.labelCount = labelCount
        func learned(_ unlearned: some LabelModel) -> (Model, [Double?]) {
            var model = unlearned
            let matrix = Self.matrix(votes, functionCount: functionCount, labelCount: labelCount)
            model.fit(matrix)
            return (.tokens(model), model.estimatedAccuracies(matrix))
        }
        switch name {
        case .majority: (model, estimatedAccuracies) = learned(MajorityVote())
        case .weighted: (model, estimatedAccuracies) = learned(MajorityVote(usesStrength: true))
        case .accuracy: (model, estimatedAccuracies) = learned(AccuracyModel())
        case .hmm:
            var settings = HiddenMarkovLabelModel.Settings()
            settings.correlationDiscount = correlationDiscount
            var chain = HiddenMarkovLabelModel(
                functionCount: functionCount, labelCount: labelCount, settings: settings)
            chain.fit(votes.map(\.sequence), gold: gold)
            model = .chain(chain)
            estimatedAccuracies = chain.estimatedAccuracies
        }
    }

    /// What the model makes of votes.
    func combined(_ votes: [DocumentVotes]) -> CombinedVotes {
        var combined = CombinedVotes()
        switch model {
        case .chain(let chain):
            for document in votes {
                let result = chain.labels(of: document.sequence)
                let labels = result.labels
                combined.append(
                    labels: labels, probabilities: labels.enumerated().map { result[$0, $1] },
                    distribution: result.probabilities)
            }
        case .tokens(let model):
            let rows = model.probabilities(Self.matrix(votes, functionCount: functionCount, labelCount: labelCount))
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
                combined.append(labels: labels, probabilities: probabilities, distribution: distribution)
            }
        }
        return combined
    }

    /// A row for each token that a function says something of, in the order of the documents.
    private static func matrix(_ votes: [DocumentVotes], functionCount: Int, labelCount: Int) -> LabelMatrix {
        var matrix = LabelMatrix(functionCount: functionCount, classCount: labelCount)
        for document in votes {
            for token in 0..<document.tokenCount where document.hasVotes(on: token) {
                matrix.append(document.cells(on: token))
            }
        }
        return matrix
    }
}
