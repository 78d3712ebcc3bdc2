/// The votes on one document: what a model of spans and boundaries sees of it.
public struct VotedSequence: Hashable, Sendable {
    /// The number of tokens.
    public var tokenCount: Int
    /// The votes of all functions.
    public var votes: [SpanVote]

    /// Makes a sequence.
    public init(tokenCount: Int, votes: [SpanVote]) {
        self.tokenCount = tokenCount
        self.votes = votes
    }

    /// For each token whether any function says what it is, outside included.
    public var isVotedOn: [Bool] {
        var isVotedOn = [Bool](repeating: false, count: tokenCount)
        for vote in votes where !vote.isAgainst {
            for token in vote.tokens { isVotedOn[token] = true }
        }
        return isVotedOn
    }

    /// For each token whether a vote for `labels[token]` holds it and the token before: whether both are in one mention.
    ///
    /// - Parameter labels: a label a token.
    public func isJoined(labels: [Int]) -> [Bool] {
        var isJoined = [Bool](repeating: false, count: tokenCount)
        for vote in votes where vote.label != LabelMatrix.outside && !vote.isAgainst {
            for token in vote.tokens.dropFirst() where labels[token] == vote.label { isJoined[token] = true }
        }
        return isJoined
    }
}
