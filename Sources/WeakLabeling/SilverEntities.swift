import ClinicalText
import LabelModels

/// Makes entities from the classes that a label model gives a document's tokens.
struct SilverEntities {
    /// Articles, possessives and quantifiers that a mention does not begin with.
    private static let determiners: Set<String> = [
        "a", "an", "the", "his", "her", "hers", "their", "its", "my", "your", "our", "any", "some", "this", "that",
        "these", "those", "such", "other",
    ]

    let types: [String]
    let minimumProbability: Double
    private(set) var belowMinimumProbability = 0
    private(set) var emptied = 0

    init(types: [String], minimumProbability: Double) {
        self.types = types
        self.minimumProbability = minimumProbability
    }

    /// The mentions of a document.
    ///
    /// - Parameters:
    ///   - labels: a class a token.
    ///   - probabilities: the probability of that class.
    mutating func mentions(
        in document: SegmentedDocument, votes: DocumentVotes, labels: [Int], probabilities: [Double]
    ) -> [SilverMention] {
        var mentions: [SilverMention] = []
        for sentence in document.segmentation.sentences {
            var start = sentence.tokens.lowerBound
            while start < sentence.tokens.upperBound {
                let label = labels[start]
                var end = start + 1
                guard label != LabelMatrix.outside else {
                    start = end
                    continue
                }
                while end < sentence.tokens.upperBound, labels[end] == label,
                    !Self.isSplit(before: end, label: label, votes: votes)
                {
                    end += 1
                }
                let tokens = Self.cleaned(start..<end, in: document)
                if tokens.isEmpty {
                    emptied += 1
                } else {
                    let probability = tokens.reduce(0) { $0 + probabilities[$1] } / Double(tokens.count)
                    mentions.append(SilverMention(tokens: tokens, label: label, probability: probability))
                }
                start = end
            }
        }
        return mentions
    }

    /// The mentions that are probable enough.
    mutating func probable(_ mentions: [SilverMention]) -> [SilverMention] {
        let probable = mentions.filter { $0.probability >= minimumProbability }
        belowMinimumProbability += mentions.count - probable.count
        return probable
    }

    /// The entities that mentions make, with their context, codes and evidence.
    func entities(_ mentions: [SilverMention], in document: SegmentedDocument, votes: DocumentVotes) -> [Entity] {
        mentions.enumerated().compactMap { place, mention in
            guard var entity = entity(mention, in: document, votes: votes) else { return nil }
            entity.id = "S\(place)"
            return entity
        }
    }

    private func entity(_ mention: SilverMention, in document: SegmentedDocument, votes: DocumentVotes) -> Entity? {
        guard let first = mention.tokens.first, let last = mention.tokens.last else { return nil }
        var evidence: Set<String> = mention.evidence.map { [$0] } ?? []
        var codes: Set<String> = []
        for token in mention.tokens {
            for cast in votes.casts(on: token) where cast.label == mention.label && !cast.isAgainst {
                evidence.insert(cast.vote.evidence)
                if cast.vote.tokens == mention.tokens, let code = cast.vote.code { codes.insert(code) }
            }
        }
        let segmentation = document.segmentation
        return Entity(
            type: types[mention.label - 1],
            spans: [segmentation.tokens[first].span.union(segmentation.tokens[last].span)],
            attributes: AssertionContext.attributes(votes.contexts.contexts(of: mention.tokens)), codes: codes.sorted(),
            provenance: .silver(probability: mention.probability), evidence: evidence.sorted())
    }

    /// Whether a new entity begins at a token although the one before it has the same class.
    ///
    /// It does where no vote for that class holds both tokens: of overlapping votes for one class the entity is the
    /// union, because a part of a longer term is never what its source meant.
    private static func isSplit(before token: Int, label: Int, votes: DocumentVotes) -> Bool {
        !votes.casts(on: token).contains { !$0.isAgainst && $0.label == label && $0.vote.tokens.lowerBound < token }
    }

    /// A run without punctuation at its ends and determiners before it; brackets inside it stay as pairs.
    private static func cleaned(_ run: Range<Int>, in document: SegmentedDocument) -> Range<Int> {
        let segmentation = document.segmentation
        func text(_ token: Int) -> Substring { document.document.text(of: segmentation.tokens[token].span) }
        var run = run
        while let first = run.first, let last = run.last, isPunctuation(text(last)) {
            // A bracket that was opened within the run belongs to it, unless the pair holds all of it.
            if let open = opening[text(last)], text(first) != open, run.contains(where: { text($0) == open }) { break }
            run = run.lowerBound..<last
        }
        while let first = run.first {
            let surface = text(first)
            let isTrimmed =
                isPunctuation(surface)
                ? !opening.contains { $0.value == surface && run.map(text).contains($0.key) }
                : determiners.contains(surface.lowercased()) && run.count > 1
            guard isTrimmed else { break }
            run = first + 1..<run.upperBound
        }
        return run
    }

    private static let opening: [Substring: Substring] = [")": "(", "]": "[", "}": "{"]

    private static func isPunctuation(_ text: Substring) -> Bool {
        guard text.utf8.count == 1, let byte = text.utf8.first else { return false }
        switch byte {
        case UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "#"), UInt8(ascii: "&"): return false
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
        default: return false
        }
    }
}
