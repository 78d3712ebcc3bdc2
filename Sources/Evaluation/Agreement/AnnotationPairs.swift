import ClinicalText

/// The mentions of one note in two annotations, paired one to one.
struct AnnotationPairs {
    private struct Pair {
        let kind: Disagreement.Kind
        let first: Int?
        let second: Int?
    }

    private let first: [Entity]
    private let second: [Entity]
    private let equal: [(gold: Int, predicted: Int)]
    private let overlapping: [(gold: Int, predicted: Int)]

    init(first: [Entity], second: [Entity]) {
        self.first = first
        self.second = second
        equal = MatchingRule.strict.pairs(gold: first, predicted: second)
        overlapping = MatchingRule.overlapping.pairs(gold: first, predicted: second)
    }

    /// Adds the mentions and pairs of this note to the counts of their types.
    func count(in types: inout [String: AgreementResult.TypeAgreement]) {
        func update(_ type: String, _ change: (inout AgreementResult.TypeAgreement) -> Void) {
            change(&types[type, default: AgreementResult.TypeAgreement(type: type)])
        }
        for entity in first {
            update(entity.type) {
                $0.strict.first += 1
                $0.overlapping.first += 1
            }
        }
        for entity in second {
            update(entity.type) {
                $0.strict.second += 1
                $0.overlapping.second += 1
            }
        }
        for pair in equal { update(first[pair.gold].type) { $0.strict.matched += 1 } }
        for pair in overlapping { update(first[pair.gold].type) { $0.overlapping.matched += 1 } }
    }

    /// What the two do not agree on, in the order of the text.
    func disagreements(in document: Document) -> [Disagreement] {
        let offsets = TextOffsets(document.text)
        func mention(_ entity: Entity) -> Disagreement.Mention {
            Disagreement.Mention(id: entity.id, type: entity.type, spans: entity.spans.map(offsets.codePoints))
        }
        func hull(_ pair: Pair) -> TextSpan {
            pair.first.map { first[$0].hull } ?? pair.second.map { second[$0].hull } ?? TextSpan(start: 0, end: 0)
        }
        return differing().enumerated()
            .sorted { (hull($0.element), $0.offset) < (hull($1.element), $1.offset) }
            .map { _, pair in
                Disagreement(
                    document: document.id, kind: pair.kind, first: pair.first.map { mention(first[$0]) },
                    second: pair.second.map { mention(second[$0]) })
            }
    }

    /// The pairs that differ and the mentions without a partner.
    private func differing() -> [Pair] {
        let isEqual = Set(equal.map(\.gold))
        var pairs = overlapping.filter { !isEqual.contains($0.gold) }
            .map { Pair(kind: .boundaryDiffers, first: $0.gold, second: $0.predicted) }
        var freeFirst = first.indices.filter(Set(first.indices).subtracting(overlapping.map(\.gold)).contains)
        var freeSecond = second.indices.filter(Set(second.indices).subtracting(overlapping.map(\.predicted)).contains)
        func pair(_ kind: Disagreement.Kind, _ found: [(first: Int, second: Int)]) {
            pairs += found.map { Pair(kind: kind, first: freeFirst[$0.first], second: freeSecond[$0.second]) }
            let (left, right) = (Set(found.map(\.first)), Set(found.map(\.second)))
            freeFirst = freeFirst.indices.filter { !left.contains($0) }.map { freeFirst[$0] }
            freeSecond = freeSecond.indices.filter { !right.contains($0) }.map { freeSecond[$0] }
        }
        pair(.typeDiffers, Self.sameSpans(freeFirst.map { first[$0] }, freeSecond.map { second[$0] }))
        // Of the same type nothing is left that overlaps, so these differ in both.
        pair(
            .boundaryAndTypeDiffer,
            IntervalMatching.pairs(freeFirst.map { first[$0].hull }, freeSecond.map { second[$0].hull }))
        pairs += freeFirst.map { Pair(kind: .onlyInFirst, first: $0, second: nil) }
        pairs += freeSecond.map { Pair(kind: .onlyInSecond, first: nil, second: $0) }
        return pairs
    }

    private static func sameSpans(_ first: [Entity], _ second: [Entity]) -> [(first: Int, second: Int)] {
        func untyped(_ entities: [Entity]) -> [Entity] { entities.map { Entity(type: "", spans: $0.spans) } }
        return MatchingRule.strict.pairs(gold: untyped(first), predicted: untyped(second))
            .map { ($0.gold, $0.predicted) }
    }
}
