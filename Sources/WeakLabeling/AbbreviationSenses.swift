import ClinicalText
import Lexicons
import TextProcessing

/// Decides what the ambiguous abbreviations of a document stand for, by the words near them and their sections.
///
/// A sense gets a point for each of its context words in the sentence of an occurrence, and one where its section is
/// among them; occurrences in one document are taken for one sense, so their points are added (one sense a discourse: W.
/// Gale, K. Church and D. Yarowsky, 1992). What the document itself explains is left to ``AbbreviationClosure``.
struct AbbreviationSenses: Sendable {
    /// The inventory's abbreviations whose senses are of several types, or of one and of none.
    let ambiguous: [String: [AbbreviationInventory.Sense]]

    init(_ inventory: AbbreviationInventory) {
        var ambiguous: [String: [AbbreviationInventory.Sense]] = [:]
        for abbreviation in inventory.abbreviations {
            let senses = inventory.senses(of: abbreviation[...])
            if Set(senses.map(\.type)).count > 1 { ambiguous[abbreviation] = senses }
        }
        self.ambiguous = ambiguous
    }

    /// The occurrences of ambiguous abbreviations that a document does not explain.
    func uses(in document: SegmentedDocument) -> [AbbreviationUse] {
        let segmentation = document.segmentation
        var places: [Substring: [Int]] = [:]
        for (place, token) in segmentation.tokens.enumerated() {
            let surface = document.document.text(of: token.span)
            if surface.utf8.count <= 12, ambiguous[String(surface)] != nil {
                places[surface, default: []].append(place)
            }
        }
        guard !places.isEmpty else { return [] }
        for definition in AbbreviationDefinitions.find(in: document) {
            places[document.document.text(of: definition.shortForm)] = nil
        }
        return places.flatMap { surface, tokens -> [AbbreviationUse] in
            guard let senses = ambiguous[String(surface)] else { return [] }
            var points = [Int](repeating: 0, count: senses.count)
            for token in tokens {
                for (place, sense) in senses.enumerated() where !sense.context.isEmpty {
                    points[place] += self.points(sense, at: token, in: document)
                }
            }
            let best = points.indices.max { (points[$0], $1) < (points[$1], $0) } ?? 0
            let isDecided = points[best] > 0 && points.count { $0 == points[best] } == 1
            return tokens.map { token in
                AbbreviationUse(
                    tokens: token..<token + 1, abbreviation: String(surface), sense: senses[best], isDecided: isDecided)
            }
        }
        .sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
    }

    private func points(_ sense: AbbreviationInventory.Sense, at token: Int, in document: SegmentedDocument) -> Int {
        let segmentation = document.segmentation
        let sentence = segmentation.sentences[segmentation.sentenceIndex(ofToken: token)].tokens
        var words: Set<String> = []
        for neighbor in sentence where neighbor != token {
            words.insert(document.document.text(of: segmentation.tokens[neighbor].span).lowercased())
        }
        var points = words.count { sense.context.contains($0) }
        let start = segmentation.tokens[token].span.start
        if let section = segmentation.sections.last(where: { $0.span.start <= start && start < $0.span.end }),
            sense.context.contains(section.name)
        {
            points += 1
        }
        return points
    }
}
