import Lexicons

/// Votes for coordinated mentions that share their head: `breast and ovarian cancer` where lexicons know both cancers.
///
/// A vote for a mention of several words is carried over `and`, `or`, commas and slashes to the words before, as long as
/// these and the last word of the mention are together a term of a lexicon.
public struct CoordinationFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name = "coordination"
    private let types: Set<String>
    private let matcher: LexiconMatcher
    /// The longest conjunct.
    private let maximumWords = 3

    private static let conjunctions: Set<String> = ["and", "or", "and/or", "/", ",", "&"]

    init(types: Set<String>, matcher: LexiconMatcher) {
        self.types = types
        self.matcher = matcher
    }

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        let segmentation = document.document.segmentation
        var votes: [Vote] = []
        var seen: Set<Range<Int>> = []
        for vote in document.votes {
            guard let type = vote.type, types.contains(type), vote.tokens.count > 1, seen.insert(vote.tokens).inserted
            else { continue }
            let sentence = segmentation.sentences[segmentation.sentenceIndex(ofToken: vote.tokens.lowerBound)].tokens
            let head = document.text(ofToken: vote.tokens.upperBound - 1)
            var start = vote.tokens.lowerBound
            while let conjunct = conjunct(before: start, sentence, head: head, in: document) { start = conjunct }
            if start < vote.tokens.lowerBound {
                votes.append(Vote(tokens: start..<vote.tokens.upperBound, type: type, evidence: name))
            }
        }
        return votes
    }

    /// Where the words begin that stand before a conjunction before `start` and are a term with `head`.
    private func conjunct(
        before start: Int, _ sentence: Range<Int>, head: Substring, in document: LabelingContext
    ) -> Int? {
        var end = start
        while end > sentence.lowerBound, start - end < 2,
            Self.conjunctions.contains(document.text(ofToken: end - 1).lowercased())
        {
            end -= 1
        }
        guard end < start else { return nil }
        let lowest = max(sentence.lowerBound, end - maximumWords)
        guard lowest < end else { return nil }
        return (lowest..<end).first { first in
            isTerm((first..<end).map { document.text(ofToken: $0) } + [head])
        }
    }

    private func isTerm(_ words: [Substring]) -> Bool {
        let (_, folded, matches) = matcher.matches(inText: words.joined(separator: " "))
        return matches.contains { $0.tokens == 0..<folded.count }
    }
}
