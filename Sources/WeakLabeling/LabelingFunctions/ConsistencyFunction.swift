import TextProcessing

/// Votes for the other occurrences in a document of words that functions voted for, as most of these votes say.
///
/// Case does not matter except for abbreviations; what any function speaks about is left to it.
public struct ConsistencyFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name = "consistency"
    /// Shorter words are left out, because everyday words and single letters are among them.
    private let minimumLength = 4

    /// Makes the function.
    public init() {}

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        var counts: [[String]: [String: Int]] = [:]
        for vote in Set(document.votes.filter { $0.type != nil }.map { Place(tokens: $0.tokens, type: $0.type ?? "") })
        {
            counts[surface(vote.tokens, in: document), default: [:]][vote.type, default: 0] += 1
        }
        var byFirst: [String: [[String]]] = [:]
        for surface in counts.keys.sorted(by: { ($1.count, $0.joined()) < ($0.count, $1.joined()) })
        where surface.reduce(0, { $0 + $1.utf8.count }) >= minimumLength {
            byFirst[surface[0], default: []].append(surface)
        }
        guard !byFirst.isEmpty else { return [] }
        let words = document.document.segmentation.tokens.indices.map { word($0, in: document) }
        var votes: [Vote] = []
        var next = 0
        for token in words.indices where token >= next && !document.isVotedFor[token] {
            guard
                let surface = byFirst[words[token]]?.first(where: { surface in
                    token + surface.count <= words.count && words[token..<token + surface.count].elementsEqual(surface)
                        && !document.isVotedFor[token..<token + surface.count].contains(true)
                }),
                let type = counts[surface]?.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key
            else { continue }
            votes.append(Vote(tokens: token..<token + surface.count, type: type, evidence: name))
            next = token + surface.count
        }
        return votes
    }

    private struct Place: Hashable {
        var tokens: Range<Int>
        var type: String
    }

    private func surface(_ tokens: Range<Int>, in document: LabelingContext) -> [String] {
        tokens.map { word($0, in: document) }
    }

    private func word(_ token: Int, in document: LabelingContext) -> String {
        let text = document.text(ofToken: token)
        return AbbreviationShape.isAbbreviation(text) ? String(text) : text.lowercased()
    }
}
