import ClinicalText

/// Carries labels between the long and the short forms of the abbreviations that a document explains.
///
/// A label of the long form is that of every occurrence of the short form in the document, and the other way round: where
/// only the short form has one, every occurrence of the long form gets it. A short form within a longer mention stays
/// part of that. Of `levodopa-induced dyskinesias (LID)` the last word is enough. A mention that holds its short form
/// before `disease`, `syndrome` or `disorder` is what this stands for: `von Hippel-Lindau (VHL) disease`. A parenthesis
/// behind a labeled mention is also taken for its short form where the letters do not fit, if it is a word in capitals
/// that begins like the mention: `cyclosporine (CSA)`.
public struct AbbreviationClosure: Sendable {
    /// A run of tokens with a label.
    public struct Mention: Hashable, Sendable {
        /// The tokens.
        public var tokens: Range<Int>
        /// A number that stands for a type.
        public var label: Int

        /// Makes a mention.
        public init(tokens: Range<Int>, label: Int) {
            self.tokens = tokens
            self.label = label
        }
    }

    /// A mention after the closure.
    public struct Closed: Hashable, Sendable {
        /// The mention.
        public var mention: Mention
        /// For a mention that the closure adds, the one whose label it has.
        public var source: Mention?
    }

    /// A parenthesis that may explain something.
    private struct Candidate {
        /// The long form as far as the letters of the short form tell it.
        var long: Range<Int>?
        /// Where a mention ends that may be the long form.
        var end: Int
        var short: Range<Int>
    }

    /// A mention may begin this far from where the letters of its short form say that the long form begins.
    private static let slack = (before: 2, behind: 1)

    private let surfaces: [Substring]
    private let candidates: [Candidate]

    /// Finds the abbreviations of a document.
    public init(_ document: SegmentedDocument) {
        let segmentation = document.segmentation
        surfaces = segmentation.tokens.map { document.document.text(of: $0.span) }
        var candidates: [Candidate] = []
        var explained: Set<Int> = []
        for definition in AbbreviationDefinitions.find(in: document) {
            let long = segmentation.tokens(overlapping: definition.longForm)
            let short = segmentation.tokens(overlapping: definition.shortForm)
            guard !long.isEmpty, !short.isEmpty else { continue }
            candidates.append(Candidate(long: long, end: long.upperBound, short: short))
            explained.insert(short.lowerBound)
        }
        for open in surfaces.indices where surfaces[open] == "(" && open > 0 && open + 2 < surfaces.count {
            let short = open + 1
            guard !explained.contains(short), Self.ends.contains(surfaces[short + 1]), Self.isShort(surfaces[short])
            else { continue }
            candidates.append(Candidate(long: nil, end: open, short: short..<short + 1))
        }
        self.candidates = candidates
    }

    /// What may follow a short form in a parenthesis.
    private static let ends: Set<Substring> = [")", ";", ",", ":"]

    /// Two to five capitals and digits, the first a letter.
    private static func isShort(_ text: Substring) -> Bool {
        (2...5).contains(text.utf8.count) && text.utf8.first.map { (0x41...0x5A).contains($0) } == true
            && text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
    }

    /// The mentions with those that abbreviations add, in the order of the text; of two that overlap the added one.
    ///
    /// - Parameter compounds: labels whose mentions are also the compounds of their short form: `CsA-treated`.
    public func closed(_ mentions: [Mention], compounds: Set<Int> = []) -> [Closed] {
        var added: [Mention: Mention] = [:]
        for candidate in candidates {
            guard let source = source(of: candidate, mentions: mentions, added: &added) else { continue }
            let label = source.label
            let short = surfaces[candidate.short]
            for start in surfaces.indices where start + short.count <= surfaces.count {
                let tokens = start..<start + short.count
                if surfaces[tokens].elementsEqual(short)
                    || short.count == 1
                        && isForm(surfaces[start], of: short[short.startIndex], compounds.contains(label))
                {
                    added[Mention(tokens: tokens, label: label)] = source
                }
            }
        }
        guard !added.isEmpty else { return mentions.map { Closed(mention: $0) } }
        var taken = [Bool](repeating: false, count: surfaces.count)
        var kept: [Mention] = []
        for mention in added.keys.sorted(by: Self.isLonger)
        where !mention.tokens.contains(where: { taken[$0] })
            && !mentions.contains(where: { Self.holds($0.tokens, mention.tokens) })
        {
            kept.append(mention)
            for token in mention.tokens { taken[token] = true }
        }
        let others = mentions.filter { mention in !mention.tokens.contains { taken[$0] } }
        let known = Set(mentions)
        return
            (others.map { Closed(mention: $0) }
            + kept.map { Closed(mention: $0, source: known.contains($0) ? nil : added[$0]) })
            .sorted { $0.mention.tokens.lowerBound < $1.mention.tokens.lowerBound }
    }

    /// The mention that an abbreviation has its label from; where it is the short form, the long form's occurrences are
    /// added.
    private func source(
        of candidate: Candidate, mentions: [Mention], added: inout [Mention: Mention]
    ) -> Mention? {
        let ending = mentions.filter { $0.tokens.upperBound == candidate.end }
        guard let long = candidate.long else {
            guard let mention = ending.first, let first = surfaces[mention.tokens.lowerBound].first,
                let letter = surfaces[candidate.short.lowerBound].first, first.lowercased() == letter.lowercased(),
                mention.tokens.reduce(0, { $0 + surfaces[$1].utf8.count })
                    > surfaces[candidate.short.lowerBound].utf8.count
            else { return nil }
            return mention
        }
        let near = long.lowerBound - Self.slack.before...long.lowerBound + Self.slack.behind
        if let mention = ending.first(where: { near.contains($0.tokens.lowerBound) }) { return mention }
        if let mention = ending.first(where: { isCausedHead($0, of: long) }) { return mention }
        if let mention = mentions.first(where: { isNamed($0, by: candidate.short, near: near) }) { return mention }
        guard let short = mentions.first(where: { $0.tokens == candidate.short }),
            !mentions.contains(where: { $0.tokens.overlaps(long) })
        else { return nil }
        let words = surfaces[long].map { $0.lowercased() }
        for start in surfaces.indices where start + words.count <= surfaces.count {
            if surfaces[start..<start + words.count].elementsEqual(words, by: { $0.lowercased() == $1 }) {
                added[Mention(tokens: start..<start + words.count, label: short.label)] = short
            }
        }
        return short
    }

    /// Whether a mention is the end of a long form whose beginning says what caused it: `levodopa-induced dyskinesias (LID)`.
    private func isCausedHead(_ mention: Mention, of long: Range<Int>) -> Bool {
        long.lowerBound < mention.tokens.lowerBound
            && Self.causes.contains { surfaces[mention.tokens.lowerBound - 1].lowercased().hasSuffix($0) }
    }

    private static let causes = ["induced", "associated", "related", "mediated"]

    /// Whether a mention holds its own short form before a last word that adds nothing: `von Hippel-Lindau (VHL) disease`.
    ///
    /// In `glucose-6-phosphate dehydrogenase (G6PD) deficiency` the last word is what makes it a disease.
    private func isNamed(_ mention: Mention, by short: Range<Int>, near: ClosedRange<Int>) -> Bool {
        near.contains(mention.tokens.lowerBound) && mention.tokens.upperBound == short.upperBound + 2
            && short.upperBound + 1 < surfaces.count && surfaces[short.upperBound] == ")"
            && Self.emptyHeads.contains(surfaces[short.upperBound + 1].lowercased())
    }

    /// Words that a short form stands for as well as what is before them.
    private static let emptyHeads: Set<String> = ["disease", "syndrome", "disorder"]

    /// Whether a token is a short form's plural or, if asked for, a compound that begins with it: `CsA-treated`.
    private func isForm(_ token: Substring, of short: Substring, _ takesCompounds: Bool) -> Bool {
        guard token.utf8.count > short.utf8.count, token.utf8.starts(with: short.utf8) else { return false }
        let rest = token.utf8.dropFirst(short.utf8.count)
        if rest.elementsEqual("s".utf8) { return true }
        guard takesCompounds, rest.first == UInt8(ascii: "-") else { return false }
        return rest.suffix(2).elementsEqual("ed".utf8) || rest.suffix(3).elementsEqual("ing".utf8)
    }

    private static func isLonger(_ left: Mention, _ right: Mention) -> Bool {
        (-left.tokens.count, left.tokens.lowerBound, left.label)
            < (-right.tokens.count, right.tokens.lowerBound, right.label)
    }

    /// Whether a range holds another that is shorter.
    private static func holds(_ range: Range<Int>, _ other: Range<Int>) -> Bool {
        range.count > other.count && range.lowerBound <= other.lowerBound && other.upperBound <= range.upperBound
    }
}
