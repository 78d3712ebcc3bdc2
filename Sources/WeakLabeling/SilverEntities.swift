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

    /// The entities of a document.
    ///
    /// - Parameters:
    ///   - labels: a class a token.
    ///   - probabilities: the probability of that class.
    mutating func entities(
        in document: SegmentedDocument, votes: DocumentVotes, labels: [Int], probabilities: [Double]
    ) -> [Entity] {
        var entities: [Entity] = []
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
                let run = start..<end
                if let entity = entity(
                    run, label: label, in: document, votes: votes, probabilities: probabilities)
                {
                    entities.append(entity)
                }
                start = end
            }
        }
        for index in entities.indices { entities[index].id = "S\(index)" }
        return entities
    }

    private mutating func entity(
        _ run: Range<Int>, label: Int, in document: SegmentedDocument, votes: DocumentVotes, probabilities: [Double]
    ) -> Entity? {
        let tokens = Self.cleaned(run, in: document)
        guard let first = tokens.first, let last = tokens.last else {
            emptied += 1
            return nil
        }
        let probability = tokens.reduce(0) { $0 + probabilities[$1] } / Double(tokens.count)
        guard probability >= minimumProbability else {
            belowMinimumProbability += 1
            return nil
        }
        var evidence: Set<String> = []
        var codes: Set<String> = []
        for token in tokens {
            for cast in votes.casts(on: token) where cast.label == label {
                evidence.insert(cast.vote.evidence)
                if cast.vote.tokens == tokens, let code = cast.vote.code { codes.insert(code) }
            }
        }
        let segmentation = document.segmentation
        return Entity(
            type: types[label - 1], spans: [segmentation.tokens[first].span.union(segmentation.tokens[last].span)],
            attributes: votes.negation.negates(tokens) ? ["assertion": "absent"] : [:], codes: codes.sorted(),
            provenance: .silver(probability: probability), evidence: evidence.sorted())
    }

    /// Whether a new entity begins at a token although the one before it has the same class.
    ///
    /// It does where no vote for that class holds both tokens: of overlapping votes for one class the entity is the
    /// union, because a part of a longer term is never what its source meant.
    private static func isSplit(before token: Int, label: Int, votes: DocumentVotes) -> Bool {
        !votes.casts(on: token).contains { $0.label == label && $0.vote.tokens.lowerBound < token }
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
