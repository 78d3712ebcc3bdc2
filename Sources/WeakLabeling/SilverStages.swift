import ClinicalText
import TextProcessing

/// What follows the label model: what the corpus and the documents' abbreviations add to its mentions.
struct SilverStages {
    static let consistencyName = "consistency/corpus"
    static let closureName = "abbreviation/closure"

    /// What is labeled in the corpus, where that counts.
    let consistency: SurfaceConsistency?
    let closesAbbreviations: Bool
    /// Labels whose mentions are also the compounds of their short forms.
    let compounds: Set<Int>

    /// The mentions of each document with those that the stages add.
    func completed(_ mentions: [[SilverMention]], of documents: [SegmentedDocument]) -> [[SilverMention]] {
        var mentions = mentions
        if let consistency {
            mentions = zip(mentions, documents).map { known, document in
                let shares = Dictionary(grouping: known, by: \.label).mapValues { same in
                    same.reduce(0) { $0 + $1.probability } / Double(same.count)
                }
                let completed = consistency.completed(known.map(\.plain), of: document)
                let places = Dictionary(known.map { ($0.plain, $0) }) { first, _ in first }
                return completed.map { mention in
                    places[mention]
                        ?? SilverMention(
                            tokens: mention.tokens, label: mention.label, probability: shares[mention.label] ?? 0.5,
                            evidence: Self.consistencyName)
                }
            }
        }
        guard closesAbbreviations else { return mentions }
        return zip(mentions, documents).map { known, document in
            let places = Dictionary(known.map { ($0.plain, $0) }) { first, _ in first }
            return AbbreviationClosure(document).closed(known.map(\.plain), compounds: compounds).map { closed in
                places[closed.mention]
                    ?? SilverMention(
                        tokens: closed.mention.tokens, label: closed.mention.label,
                        probability: closed.source.flatMap { places[$0]?.probability } ?? 0.5,
                        evidence: Self.closureName)
            }
        }
    }
}

extension SilverMention {
    /// Its tokens and label.
    var plain: AbbreviationClosure.Mention { .init(tokens: tokens, label: label) }
}
