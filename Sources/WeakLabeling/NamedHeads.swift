import ClinicalText
import TextProcessing

/// Labels what nobody spoke about and has the form of what is labeled elsewhere: a name before a head, as in `Krabbe disease`.
///
/// No list holds all eponyms, but a corpus in which most names before `disease` or `syndrome` are labeled tells that
/// the others are mentions too. A head counts if enough of its names are labeled.
public struct NamedHeads: Sendable {
    /// The share of a head's names that must be labeled.
    public var minimumShare = 0.5
    /// How many of them must be.
    public var minimumCount = 3

    private struct Count {
        var labeled: [Int: Int] = [:]
        var silent = 0
    }

    private var counts: [String: Count] = [:]

    /// Learns the heads of a corpus; `mentions` are those of each document.
    public init(_ documents: [SegmentedDocument], mentions: [[Mention]]) {
        var heads: Set<String> = []
        for (document, mentions) in zip(documents, mentions) {
            for mention in mentions where mention.tokens.count > 1 {
                heads.insert(Self.word(mention.tokens.upperBound - 1, of: document).lowercased())
            }
        }
        for (document, mentions) in zip(documents, mentions) {
            let labels = Dictionary(mentions.map { ($0.tokens, $0.label) }) { first, _ in first }
            for (tokens, head) in Self.candidates(in: document) where heads.contains(head) {
                if let label = labels[tokens] {
                    counts[head, default: Count()].labeled[label, default: 0] += 1
                } else if !mentions.contains(where: { $0.tokens.overlaps(tokens) }) {
                    counts[head, default: Count()].silent += 1
                }
            }
        }
    }

    /// The mentions of a document with the names before heads that nobody spoke about, in the order of the text.
    public func completed(_ mentions: [Mention], of document: SegmentedDocument) -> [Mention] {
        let added = Self.candidates(in: document).compactMap { tokens, head -> Mention? in
            guard let label = label(of: head), !mentions.contains(where: { $0.tokens.overlaps(tokens) }) else {
                return nil
            }
            return Mention(tokens: tokens, label: label)
        }
        return (mentions + added).sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
    }

    private func label(of head: String) -> Int? {
        guard let count = counts[head] else { return nil }
        let labeled = count.labeled.values.reduce(0, +)
        guard labeled >= minimumCount, Double(labeled) >= minimumShare * Double(labeled + count.silent) else {
            return nil
        }
        return count.labeled.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// The names with the words in lower case behind them, in the order of the text.
    private static func candidates(in document: SegmentedDocument) -> [(tokens: Range<Int>, head: String)] {
        var candidates: [(tokens: Range<Int>, head: String)] = []
        for sentence in document.segmentation.sentences {
            var start: Int?
            for token in sentence.tokens {
                let word = word(token, of: document)
                // A capital at the beginning of a sentence tells nothing, unless a second one follows a hyphen.
                let isFirst = token == sentence.tokens.lowerBound
                if isName(word), !isFirst || word.contains("-") || isJoined(token, to: sentence.tokens, of: document) {
                    start = start ?? token
                } else if let first = start, word.lowercased() == "'s" || word == "-" {
                    start = first
                } else {
                    if let first = start, word.first?.isLowercase == true {
                        candidates.append((first..<token + 1, word.lowercased()))
                    }
                    start = nil
                }
            }
        }
        return candidates
    }

    /// Whether a hyphen and another name follow a name, where hyphens are tokens of their own.
    private static func isJoined(_ token: Int, to sentence: Range<Int>, of document: SegmentedDocument) -> Bool {
        token + 2 < sentence.upperBound && word(token + 1, of: document) == "-" && isName(word(token + 2, of: document))
    }

    /// A capital before small letters: `Krabbe`, `Ehlers-Danlos`.
    private static func isName(_ word: Substring) -> Bool {
        word.utf8.count > 2 && word.first?.isUppercase == true && word.dropFirst().first?.isLowercase == true
    }

    private static func word(_ token: Int, of document: SegmentedDocument) -> Substring {
        document.document.text(of: document.segmentation.tokens[token].span)
    }
}
