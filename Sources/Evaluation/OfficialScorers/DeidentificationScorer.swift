import ClinicalText

/// Scores de-identification as i2b2 2014, track 1, did: whole annotations and tokens, all of them, those that HIPAA
/// protects, places only, and each kind of element.
///
/// Annotations count as sets: what occurs twice counts once.
struct DeidentificationScorer {
    private typealias Filter = (DeidentificationTag) -> Bool

    /// What the scorer compares in one document.
    private struct Side {
        let tags: [DeidentificationTag]
        let tokens: [DeidentificationTag]
        let left: Int

        init(_ document: Document) {
            let offsets = TextOffsets(document.text)
            let text = Array(document.text.utf8)
            var (tags, tokens): ([DeidentificationTag], [DeidentificationTag]) = ([], [])
            for entity in document.entities {
                guard let tag = DeidentificationTag(entity, offsets) else { continue }
                tags.append(tag)
                tokens += tag.tokens(of: text[entity.hull.range])
            }
            self.tags = tags
            self.tokens = tokens
            left = document.entities.count - tags.count
        }
    }

    /// One of the script's evaluations.
    private struct Comparison {
        let name: String
        let rule: String
        let count: (Side, Side) -> Counts

        static func tokens(_ name: String, where filter: @escaping Filter) -> Comparison {
            Comparison(name: name, rule: "runs of ASCII letters and digits with the same place, element and type") {
                sets($0.tokens.filter(filter), $1.tokens.filter(filter))
            }
        }

        static func strict(_ name: String, where filter: @escaping Filter) -> Comparison {
            Comparison(name: name, rule: "same element, type, start and end") {
                sets($0.tags.filter(filter).map(\.folded), $1.tags.filter(filter).map(\.folded))
            }
        }

        static func relaxed(_ name: String, where filter: @escaping Filter) -> Comparison {
            Comparison(name: name, rule: "same element, type and start, ends at most two characters apart") {
                RelaxedEnds.counts($0.tags.filter(filter), $1.tags.filter(filter))
            }
        }

        static func bareTokens(_ name: String, where filter: @escaping Filter) -> Comparison {
            Comparison(name: name, rule: "runs of ASCII letters and digits at the same place, whatever the type") {
                sets($0.tokens.filter(filter).map(\.bare), $1.tokens.filter(filter).map(\.bare))
            }
        }

        static func bare(_ name: String, where filter: @escaping Filter) -> Comparison {
            Comparison(name: name, rule: "same start and end, whatever the type") {
                sets($0.tags.filter(filter).map(\.bare), $1.tags.filter(filter).map(\.bare))
            }
        }

        private static func sets(_ gold: [DeidentificationTag], _ predicted: [DeidentificationTag]) -> Counts {
            DocumentCounts.counts(gold: Set(gold), predicted: Set(predicted))
        }
    }

    /// In the order in which the script prints them.
    private static func comparisons() -> [Comparison] {
        let all: Filter = { _ in true }
        let hipaa: Filter = { $0.isHIPAA }
        var comparisons: [Comparison] = [
            .tokens("Token", where: all), .strict("Strict", where: all), .relaxed("Relaxed", where: all),
            .tokens("HIPAA Token", where: hipaa), .strict("HIPAA Strict", where: hipaa),
            .relaxed("HIPAA Relaxed", where: hipaa), .bareTokens("Binary Token", where: all),
            .bare("Binary Strict", where: all), .bareTokens("Binary HIPAA Token", where: hipaa),
            .bare("Binary HIPAA Strict", where: hipaa),
        ]
        for name in DeidentificationTag.names where name != "PHI" {
            let named: Filter = { $0.name == name }
            let both: Filter = { $0.name == name && $0.isHIPAA }
            comparisons += [
                .tokens("\(name) Token", where: named), .strict("\(name) Strict", where: named),
                .tokens("\(name) HIPAA Token", where: both), .strict("\(name) HIPAA Strict", where: both),
            ]
        }
        return comparisons
    }

    /// Adds the measures.
    func score(_ documents: [DocumentPair], into result: inout OfficialResult) {
        let sides = documents.map { (gold: Side($0.gold), predicted: Side($0.predicted)) }
        for comparison in Self.comparisons() {
            var counts = DocumentCounts()
            for side in sides { counts.add(comparison.count(side.gold, side.predicted)) }
            result.measures += [
                counts.macro(comparison.name, rule: comparison.rule, f1: .ofMeans),
                counts.micro(comparison.name, rule: comparison.rule),
            ]
        }
        result.note(sides.map(\.gold.left).reduce(0, +), "gold entities are of elements the scorer does not look at")
        result.note(
            sides.map(\.predicted.left).reduce(0, +), "predictions are of elements the scorer does not look at")
    }
}
