import ClinicalText
import TextProcessing

/// What follows the label model: what the documents' abbreviations and the corpus add to its mentions.
///
/// Abbreviations are closed before what is labeled in the corpus is looked for, so that it knows them, and again
/// behind it, so that what it adds reaches its abbreviations.
struct SilverStages {
    static let consistencyName = "consistency/corpus"
    static let closureName = "abbreviation/closure"

    let closesAbbreviations: Bool
    /// Labels whose mentions are also the compounds of their short forms.
    let compounds: Set<Int>

    /// The mentions of each document with those that the stages add.
    ///
    /// - Parameter consistency: what is labeled in the corpus, where that counts.
    func completed(
        _ mentions: [[SilverMention]], of documents: [SegmentedDocument], consistency: SurfaceConsistency?
    ) -> [[SilverMention]] {
        let closed = closed(mentions, of: documents)
        guard let consistency else { return closed }
        let completed = zip(closed, documents).map { known, document in
            let shares = Dictionary(grouping: known, by: \.label).mapValues { same in
                same.reduce(0) { $0 + $1.probability } / Double(same.count)
            }
            let places = Dictionary(known.map { ($0.plain, $0) }) { first, _ in first }
            return consistency.completed(known.map(\.plain), of: document).map { mention in
                places[mention]
                    ?? SilverMention(
                        tokens: mention.tokens, label: mention.label, probability: shares[mention.label] ?? 0.5,
                        evidence: Self.consistencyName)
            }
        }
        return self.closed(completed, of: documents)
    }

    /// The mentions of each document with those that its abbreviations add, where that is wanted.
    func closed(_ mentions: [[SilverMention]], of documents: [SegmentedDocument]) -> [[SilverMention]] {
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
    var plain: Mention { Mention(tokens: tokens, label: label) }
}
