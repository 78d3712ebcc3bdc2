import Foundation

/// Estimates from agreement alone how far each function can be trusted, and weighs its votes by that.
///
/// For each function and each class it votes for, the model holds the distribution of the true class:
/// `P(class | function votes v)`. Given the true class, functions are taken as independent, so the posterior of a row is
/// the product over its votes of `P(class | vote) / P(class)`, times the prior `P(class)`. The distributions are
/// estimated by expectation–maximization, together with the prior, over the rows that have more than one vote: a
/// function that always votes alone keeps the accuracy assumed at the start instead of confirming itself. Abstaining
/// says nothing: a lexicon does not hold every term. A vote against a class is a vote of its own, `v` being "not this
/// class"; a vote of less than full strength moves the posterior that much less. Deterministic.
///
/// Sources: A. Dawid and A. Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm",
/// Applied Statistics 28 (1979); A. Ratner et al., "Snorkel: rapid training data creation with weak supervision", VLDB
/// (2017). Unlike theirs the conditional is on the vote, because most functions can vote for one class only.
public struct AccuracyModel: LabelModel {
    /// How often a vote is right before anything is known.
    public var assumedAccuracy: Double
    /// How many rows the assumption weighs.
    public var assumptionWeight: Double
    /// Rounds of estimation at the most.
    public var maximumRounds: Int

    /// `P(class | function votes v)`, `functions × votes × classes`; the votes are those for and those against each class.
    private var confusion: [Double] = []
    private var prior: [Double] = []
    private var classCount = 0

    /// Makes a model that knows nothing yet.
    public init(assumedAccuracy: Double = 0.8, assumptionWeight: Double = 10, maximumRounds: Int = 50) {
        self.assumedAccuracy = assumedAccuracy
        self.assumptionWeight = assumptionWeight
        self.maximumRounds = maximumRounds
    }

    /// Estimates accuracies and prior by expectation–maximization.
    public mutating func fit(_ matrix: LabelMatrix) {
        start(matrix)
        for _ in 0..<maximumRounds {
            let (next, nextPrior) = round(matrix)
            let change = zip(next, confusion).map { abs($0 - $1) }.max() ?? 0
            confusion = next
            prior = nextPrior
            if change < 1e-6 { break }
        }
    }

    /// The posterior of each row.
    public func probabilities(_ matrix: LabelMatrix) -> LabelProbabilities {
        var values: [Double] = []
        values.reserveCapacity(matrix.distinctRows.count * classCount)
        var terms: [Double] = []
        for row in matrix.distinctRows {
            scores(of: row, terms: &terms)
            values += Self.normalized(sum(of: terms))
        }
        return LabelProbabilities(ofDistinctRows: values, matrix: matrix)
    }

    /// For each function the estimated probability that its vote is right, averaged over its votes.
    public func estimatedAccuracies(_ matrix: LabelMatrix) -> [Double?] {
        var sums = [Double](repeating: 0, count: matrix.functionCount)
        var counts = [Double](repeating: 0, count: matrix.functionCount)
        for (row, count) in zip(matrix.distinctRows, matrix.counts) {
            for cell in row {
                let voted = confusion[index(cell, cell.label)]
                sums[cell.function] += Double(count) * (cell.isAgainst ? 1 - voted : voted)
                counts[cell.function] += Double(count)
            }
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / $1 : nil }
    }

    // MARK: Estimation

    private mutating func start(_ matrix: LabelMatrix) {
        classCount = matrix.classCount
        prior = Array(repeating: 1 / Double(classCount), count: classCount)
        confusion = []
        for _ in 0..<matrix.functionCount {
            for vote in 0..<2 * classCount {
                for label in 0..<classCount { confusion.append(assumed(label, vote)) }
            }
        }
    }

    private func assumed(_ label: Int, _ vote: Int) -> Double {
        if classCount == 1 { return 1 }
        let isMeant = label == vote % classCount
        let accuracy = vote < classCount ? assumedAccuracy : 1 - assumedAccuracy
        return isMeant ? accuracy : (1 - accuracy) / Double(classCount - 1)
    }

    /// One round: the expected true classes under the present estimate, and the estimate they make.
    private func round(_ matrix: LabelMatrix) -> (confusion: [Double], prior: [Double]) {
        var sums = [Double](repeating: 0, count: confusion.count)
        var priorSums = [Double](repeating: 1, count: classCount)
        var terms: [Double] = []
        for (row, count) in zip(matrix.distinctRows, matrix.counts) {
            // A function that votes alone would only confirm itself.
            guard row.count > 1 else { continue }
            scores(of: row, terms: &terms)
            for (label, value) in Self.normalized(sum(of: terms)).enumerated() {
                priorSums[label] += Double(count) * value
                for cell in row { sums[index(cell, label)] += Double(count) * value }
            }
        }
        for function in 0..<matrix.functionCount {
            for vote in 0..<2 * classCount {
                let start = (function * 2 * classCount + vote) * classCount
                let total = sums[start..<start + classCount].reduce(0, +) + assumptionWeight
                for label in 0..<classCount {
                    sums[start + label] = (sums[start + label] + assumptionWeight * assumed(label, vote)) / total
                }
            }
        }
        let total = priorSums.reduce(0, +)
        return (sums, priorSums.map { $0 / total })
    }

    /// Fills `terms` with `log P(class | vote) - log P(class)` for each cell of a row, `cells × classes`.
    private func scores(of row: [LabelMatrix.Cell], terms: inout [Double]) {
        terms.removeAll(keepingCapacity: true)
        for cell in row {
            for label in 0..<classCount {
                let said = log(confusion[index(cell, label)]) - log(prior[label])
                terms.append(cell.strength * said)
            }
        }
    }

    /// The log posterior of a row, up to a constant.
    private func sum(of terms: [Double]) -> [Double] {
        var sums = prior.map { log($0) }
        for (place, term) in terms.enumerated() { sums[place % classCount] += term }
        return sums
    }

    private func index(_ cell: LabelMatrix.Cell, _ label: Int) -> Int {
        (cell.function * 2 * classCount + cell.label + (cell.isAgainst ? classCount : 0)) * classCount + label
    }

    private static func normalized(_ logs: [Double]) -> [Double] {
        let top = logs.max() ?? 0
        let values = logs.map { exp($0 - top) }
        let total = values.reduce(0, +)
        return values.map { $0 / total }
    }
}
