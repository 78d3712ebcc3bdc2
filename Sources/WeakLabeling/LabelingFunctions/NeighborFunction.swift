import ClinicalText

/// Votes for the words beside a cue: a disease behind `history of`, a drug behind `started on`, a drug before a dosage.
///
/// A mention reaches from the cue to the next function word, number, punctuation or the end of the sentence; a longer run
/// than a few words is none. Where another function speaks already, this one has nothing to add.
public struct NeighborFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name: String
    private let cues: NeighborCues
    /// The type that each cue tells, in the experiment: of the words, then of the mentions.
    private let types: [String?]
    private let maximumWords = 4
    private let strength = 0.7

    /// Words that belong to no mention.
    private static let functionWords: Set<String> = [
        "a", "about", "after", "again", "all", "also", "although", "am", "an", "and", "any", "are", "as", "at", "be",
        "because", "been", "before", "being", "between", "both", "but", "by", "can", "could", "did", "do", "does",
        "due", "during", "each", "either", "for", "from", "further", "had", "has", "have", "having", "he", "her",
        "here", "him", "his", "how", "however", "i", "if", "in", "into", "is", "it", "its", "may", "me", "might",
        "more", "most", "my", "no", "nor", "not", "of", "off", "on", "once", "only", "or", "other", "our", "out",
        "over", "patient", "patients", "per", "she", "should", "since", "so", "some", "such", "than", "that", "the",
        "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "too", "under", "until",
        "up", "us", "very", "was", "we", "were", "what", "when", "where", "which", "while", "who", "will", "with",
        "within", "without", "would", "you", "your", "multiple", "several", "many", "one", "two", "three", "well",
    ]

    init(_ cues: NeighborCues, types: LabelingTypes) throws {
        name = "neighbor/\(cues.lexicon.name)"
        self.cues = cues
        let name = name
        self.types = try zip(cues.meanings + cues.mentionCues.map(\.meaning), cues.lines).map { meaning, line in
            let target = try types.resolved(meaning.type, of: name, at: "\(cues.path):\(line)")
            if case .type(let type) = target { return type }
            return nil
        }
    }

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        var votes: [Vote] = []
        for match in document.neighborMatches {
            if let vote = vote(beside: match.tokens, cue: match.entry, in: document) { votes.append(vote) }
        }
        for (place, cue) in cues.mentionCues.enumerated() {
            for source in document.votes where source.type == cue.type {
                if let vote = vote(beside: source.tokens, cue: cues.meanings.count + place, in: document),
                    votes.last?.tokens != vote.tokens
                {
                    votes.append(vote)
                }
            }
        }
        return votes
    }

    private func vote(beside tokens: Range<Int>, cue: Int, in document: LabelingContext) -> Vote? {
        guard let type = types[cue] else { return nil }
        let side =
            cue < cues.meanings.count
            ? cues.meanings[cue].side : cues.mentionCues[cue - cues.meanings.count].meaning.side
        let segmentation = document.document.segmentation
        let sentence = segmentation.sentences[segmentation.sentenceIndex(ofToken: tokens.lowerBound)].tokens
        var run: Range<Int>
        switch side {
        case .before:
            var start = tokens.upperBound
            while start < sentence.upperBound, Self.articles.contains(document.text(ofToken: start).lowercased()) {
                start += 1
            }
            var end = start
            while end < sentence.upperBound, isContent(end, in: document) { end += 1 }
            run = start..<end
        case .after:
            var start = tokens.lowerBound
            while start > sentence.lowerBound, isContent(start - 1, in: document) { start -= 1 }
            run = start..<tokens.lowerBound
        }
        guard (1...maximumWords).contains(run.count), !run.contains(where: { document.isVotedFor[$0] }) else {
            return nil
        }
        let line = cues.lines[cue]
        return Vote(tokens: run, type: type, strength: strength, evidence: "\(name):\(line)")
    }

    private static let articles: Set<String> = ["a", "an", "the", "his", "her", "their", "recent", "new", "known"]

    private func isContent(_ token: Int, in document: LabelingContext) -> Bool {
        let text = document.text(ofToken: token)
        guard text.utf8.count > 1, text.unicodeScalars.contains(where: { $0.properties.isAlphabetic }) else {
            return false
        }
        return !Self.functionWords.contains(text.lowercased())
    }
}
