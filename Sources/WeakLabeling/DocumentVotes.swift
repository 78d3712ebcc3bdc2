import ClinicalText
import LabelModels

/// The votes of all functions on one document.
struct DocumentVotes: Sendable {
    /// A vote with the column of the function it comes from.
    struct Cast: Sendable {
        var function: Int
        /// Outside, or the place of the type plus one.
        var label: Int
        /// Whether the vote is against the label.
        var isAgainst = false
        var vote: Vote
    }

    let tokenCount: Int
    /// In the order of the functions.
    private(set) var casts: [Cast]
    /// For each token the places of its votes in ``casts``: `byToken[starts[t] ..< starts[t + 1]]`.
    private(set) var starts: [Int] = []
    private(set) var byToken: [Int] = []
    let contexts: ContextScopes
    let abbreviations: [AbbreviationUse]

    init(tokenCount: Int, casts: [Cast], contexts: ContextScopes, abbreviations: [AbbreviationUse] = []) {
        self.tokenCount = tokenCount
        self.contexts = contexts
        self.abbreviations = abbreviations
        self.casts = casts
        indexTokens()
    }

    /// The votes without those that lie within a longer vote of another class: the `cold` of `cold pack`.
    func withoutPartsOfLongerVotes() -> DocumentVotes {
        let kept = casts.indices.filter { !isWithinLongerVoteOfAnotherClass($0) }
        return kept.count == casts.count
            ? self : replacing(casts: kept.map { casts[$0] })
    }

    /// The votes without those of one function.
    func without(function: Int) -> DocumentVotes {
        casts.contains { $0.function == function } ? replacing(casts: casts.filter { $0.function != function }) : self
    }

    private func replacing(casts: [Cast]) -> DocumentVotes {
        DocumentVotes(tokenCount: tokenCount, casts: casts, contexts: contexts, abbreviations: abbreviations)
    }

    /// The votes that cover a token.
    func casts(on token: Int) -> some Sequence<Cast> {
        byToken[starts[token]..<starts[token + 1]].lazy.map { casts[$0] }
    }

    /// Whether any function says what a token is.
    func hasVotes(on token: Int) -> Bool { casts(on: token).contains { !$0.isAgainst } }

    /// The votes as models of spans see them.
    var sequence: VotedSequence {
        VotedSequence(
            tokenCount: tokenCount,
            votes: casts.map {
                SpanVote(
                    function: $0.function, tokens: $0.vote.tokens, label: $0.label, isAgainst: $0.isAgainst,
                    strength: $0.vote.strength)
            })
    }

    /// The functions' labels for a token; of several votes of one function the longest counts,
    /// then the first.
    func cells(on token: Int) -> [LabelMatrix.Cell] {
        var longest: [Cast] = []
        for cast in casts(on: token) {
            if let place = longest.firstIndex(where: { $0.function == cast.function }) {
                if cast.vote.tokens.count > longest[place].vote.tokens.count { longest[place] = cast }
            } else {
                longest.append(cast)
            }
        }
        return longest.map {
            LabelMatrix.Cell(
                function: $0.function, label: $0.label, isAgainst: $0.isAgainst, strength: $0.vote.strength)
        }
    }

    private mutating func indexTokens() {
        starts = Array(repeating: 0, count: tokenCount + 1)
        for cast in casts {
            for token in cast.vote.tokens { starts[token + 1] += 1 }
        }
        for token in 0..<tokenCount { starts[token + 1] += starts[token] }
        var next = starts
        byToken = Array(repeating: 0, count: starts[tokenCount])
        for (place, cast) in casts.enumerated() {
            for token in cast.vote.tokens {
                byToken[next[token]] = place
                next[token] += 1
            }
        }
    }

    private func isWithinLongerVoteOfAnotherClass(_ place: Int) -> Bool {
        let cast = casts[place]
        guard let first = cast.vote.tokens.first, !cast.isAgainst else { return false }
        return casts(on: first).contains { other in
            !other.isAgainst && other.label != cast.label && other.vote.tokens.count > cast.vote.tokens.count
                && other.vote.tokens.lowerBound <= cast.vote.tokens.lowerBound
                && other.vote.tokens.upperBound >= cast.vote.tokens.upperBound
        }
    }
}
