/// Votes for a mention together with the modifiers beside it: `severe` and `left` in `severe left hip pain`.
///
/// The mention comes from another source's vote; the modifiers must stand next to it in the same sentence.
public struct ModifierFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name: String
    private let place: Int
    private let sides: [Side]
    private let types: Set<String>

    /// Makes the function of the modifiers at `place` in the resources' list.
    init(_ place: Int, of resources: LabelingResources, types: Set<String>) {
        let modifiers = resources.modifiers[place]
        name = "modifier/\(modifiers.lexicon.name)"
        sides = modifiers.sides
        self.place = place
        self.types = types
    }

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        let matches = document.modifierMatches[place]
        guard !matches.isEmpty else { return [] }
        var starts: [Int: Int] = [:]
        var ends: [Int: Int] = [:]
        for match in matches {
            switch sides[match.entry] {
            case .before: starts[match.tokens.upperBound] = match.tokens.lowerBound
            case .after: ends[match.tokens.lowerBound] = match.tokens.upperBound
            }
        }
        let segmentation = document.document.segmentation
        var votes: Set<Vote> = []
        for source in document.votes {
            guard let type = source.type, types.contains(type), let first = source.tokens.first else { continue }
            let sentence = segmentation.sentences[segmentation.sentenceIndex(ofToken: first)].tokens
            var start = first
            while start > sentence.lowerBound, let before = starts[start] { start = before }
            var end = source.tokens.upperBound
            while end < sentence.upperBound, let after = ends[end] { end = after }
            if end - start > source.tokens.count {
                votes.insert(Vote(tokens: start..<end, type: type, evidence: name))
            }
        }
        return votes.sorted {
            ($0.tokens.lowerBound, $0.tokens.count, $0.type ?? "") < (
                $1.tokens.lowerBound, $1.tokens.count, $1.type ?? ""
            )
        }
    }
}
