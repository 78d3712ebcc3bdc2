import ClinicalText
import Lexicons
import TextProcessing

/// Labels what nobody spoke about and what, but for inflection, hyphens and spelling, is labeled elsewhere in the corpus.
///
/// Sources miss variants of what they know: a dictionary has `Parkinson disease` and the note `Parkinson's disease`. The
/// labeled mentions of the corpus become a lexicon; a term counts if enough of its mentions are labeled, because one that
/// mostly is not was labeled for its context. Names before heads (``NamedHeads``) come first.
public struct SurfaceConsistency: Sendable {
    /// The share of a term's mentions that must be labeled.
    public var minimumShare = 0.3
    /// Terms with fewer letters and digits are left out.
    public var minimumLength = 4

    private let heads: NamedHeads
    private let matcher: LexiconMatcher
    private let labels: [Int]
    /// For each term how many of its mentions are labeled, and how many nobody speaks about.
    private var labeled: [Int]
    private var silent: [Int]

    /// Learns the labeled mentions of a corpus; `mentions` are those of each document.
    public init(_ documents: [SegmentedDocument], mentions: [[Mention]]) {
        let heads = NamedHeads(documents, mentions: mentions)
        let mentions = zip(mentions, documents).map { heads.completed($0, of: $1) }
        self.heads = heads
        var counts: [String: [Int: Int]] = [:]
        for (document, mentions) in zip(documents, mentions) {
            for mention in mentions {
                counts[Self.term(mention.tokens, of: document), default: [:]][mention.label, default: 0] += 1
            }
        }
        let terms = counts.keys.sorted()
        labels = terms.map { term in
            counts[term].flatMap { $0.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key } ?? 0
        }
        let lexicon = Lexicon(
            name: "mentions", entries: terms.enumerated().map { LexiconEntry(term: $1, type: nil, line: $0) })
        matcher = LexiconMatcher(
            [lexicon], options: LexiconMatching(variants: [.exact, .inflection, .hyphen, .spelling]))
        labeled = Array(repeating: 0, count: terms.count)
        silent = labeled
        for (document, mentions) in zip(documents, mentions) {
            let places = Set(mentions.map(\.tokens))
            for match in matcher.matches(in: document) {
                if places.contains(match.tokens) {
                    labeled[match.entry] += 1
                } else if !mentions.contains(where: { $0.tokens.overlaps(match.tokens) }) {
                    silent[match.entry] += 1
                }
            }
        }
    }

    /// The mentions of a document with those that it has in common with the corpus, in the order of the text.
    public func completed(_ mentions: [Mention], of document: SegmentedDocument) -> [Mention] {
        let mentions = heads.completed(mentions, of: document)
        let added = matcher.matches(in: document).filter { match in
            let all = labeled[match.entry] + silent[match.entry]
            return Double(labeled[match.entry]) >= minimumShare * Double(all) && labeled[match.entry] > 0
                && matcher.lexicons[0].entries[match.entry].term.utf8.count >= minimumLength
                && !mentions.contains { $0.tokens.overlaps(match.tokens) }
        }
        return (mentions + added.map { Mention(tokens: $0.tokens, label: labels[$0.entry]) })
            .sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
    }

    private static func term(_ tokens: Range<Int>, of document: SegmentedDocument) -> String {
        document.segmentation.tokens[tokens].map { document.document.text(of: $0.span).lowercased() }
            .joined(separator: " ")
    }
}
