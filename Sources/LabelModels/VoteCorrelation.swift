/// How far labeling functions repeat each other.
///
/// Two functions that read the same dictionary agree more often than two independent ones as good as they are; taken
/// for independent, they would outvote everybody. For each pair the agreement on tokens where both vote is compared
/// with what their accuracies let expect, `a·b + (1 − a)(1 − b)/(K − 1)`; the part above it, from 0 to 1, is how far one
/// repeats the other. Where both vote on a token, each counts one over one plus the sum of these, so that a function
/// and its copy count half each and a function that votes alone counts whole.
public struct VoteCorrelation: Sendable {
    /// The number of functions.
    private let count: Int
    /// How far one repeats another, functions × functions; 0 on the diagonal.
    private let excess: [Double]
    /// The share of what was measured that counts.
    private let discount: Double

    /// No function repeats another.
    public init(functionCount: Int) {
        count = functionCount
        excess = Array(repeating: 0, count: functionCount * functionCount)
        discount = 1
    }

    /// How far one function repeats another, from 0 to 1.
    public subscript(function: Int, other: Int) -> Double { excess[function * count + other] }

    /// How much a function's vote counts on a token on which all of `voters` vote, it among them.
    public func weight(of function: Int, among voters: some Sequence<Int>) -> Double {
        1 / (1 + discount * voters.reduce(0) { $0 + ($1 == function ? 0 : self[function, $1]) })
    }

    /// Measures a corpus.
    ///
    /// - Parameters:
    ///   - accuracies: for each function how often its votes are right.
    ///   - labelCount: the number of labels, K.
    ///   - discount: the share of what was measured that counts; items that are easy for all functions look like repetition.
    public init(of sequences: [VotedSequence], accuracies: [Double], labelCount: Int, discount: Double = 1) {
        let count = accuracies.count
        var both = [Double](repeating: 0, count: count * count)
        var equal = both
        for sequence in sequences {
            for row in Self.rows(of: sequence) {
                for (place, cell) in row.enumerated() {
                    for other in row[(place + 1)...] {
                        let pairs = [
                            cell.function * count + other.function, other.function * count + cell.function,
                        ]
                        for pair in pairs {
                            both[pair] += 1
                            if cell.label == other.label && cell.isAgainst == other.isAgainst { equal[pair] += 1 }
                        }
                    }
                }
            }
        }
        self.count = count
        self.discount = discount
        excess = (0..<count * count).map { pair in
            guard both[pair] > 0 else { return 0 }
            let (own, its) = (accuracies[pair / count], accuracies[pair % count])
            let expected = own * its + (1 - own) * (1 - its) / Double(max(1, labelCount - 1))
            return max(0, min(1, (equal[pair] / both[pair] - expected) / max(1e-6, 1 - expected)))
        }
    }

    /// The cells of the tokens that got a vote: of several votes of one function on a token the longest.
    private static func rows(of sequence: VotedSequence) -> [[LabelMatrix.Cell]] {
        var rows = [[Int: SpanVote]](repeating: [:], count: sequence.tokenCount)
        for vote in sequence.votes {
            for token in vote.tokens {
                if let known = rows[token][vote.function], known.tokens.count >= vote.tokens.count { continue }
                rows[token][vote.function] = vote
            }
        }
        return rows.filter { !$0.isEmpty }.map { row in
            row.values.map { LabelMatrix.Cell(function: $0.function, label: $0.label, isAgainst: $0.isAgainst) }
                .sorted { $0.function < $1.function }
        }
    }
}
