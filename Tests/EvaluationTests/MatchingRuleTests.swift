import ClinicalText
import Essentials
import Evaluation
import Testing

@Suite struct MatchingRuleTests {
    private func entities(_ generator: inout SeededGenerator, types: [String]) -> [Entity] {
        (0..<Int(generator.next(upperBound: UInt64(9)))).map { _ in
            let start = Int(generator.next(upperBound: UInt64(12)))
            let length = Int(generator.next(upperBound: UInt64(6)))
            return Entity(
                type: types[Int(generator.next(upperBound: UInt64(types.count)))],
                spans: [TextSpan(start: start, end: start + length)])
        }
    }

    /// Whether there is a byte in both; an empty span has none.
    private func share(_ one: TextSpan, _ other: TextSpan) -> Bool {
        max(one.start, other.start) < min(one.end, other.end)
    }

    /// The size of a largest matching, found by augmenting paths.
    private func largestMatching(_ gold: [Entity], _ predicted: [Entity]) -> Int {
        var partners = [Int?](repeating: nil, count: predicted.count)
        func find(_ place: Int, _ seen: inout Set<Int>) -> Bool {
            for (other, entity) in predicted.enumerated()
            where entity.type == gold[place].type && share(entity.hull, gold[place].hull)
                && seen.insert(other).inserted
            {
                guard let taken = partners[other] else {
                    partners[other] = place
                    return true
                }
                if find(taken, &seen) {
                    partners[other] = place
                    return true
                }
            }
            return false
        }
        return gold.indices.filter { place in
            var seen: Set<Int> = []
            return find(place, &seen)
        }.count
    }

    @Test func overlappingPairsAreAsManyAsPossibleBesidesEqualOnes() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<3000 {
            let gold = entities(&generator, types: ["A", "B"])
            let predicted = entities(&generator, types: ["A", "B"])
            let equal = MatchingRule.strict.pairs(gold: gold, predicted: predicted)
            let pairs = MatchingRule.overlapping.pairs(gold: gold, predicted: predicted)
            let (equalGold, equalPredicted) = (Set(equal.map(\.gold)), Set(equal.map(\.predicted)))
            let left = gold.indices.filter { !equalGold.contains($0) }.map { gold[$0] }
            let right = predicted.indices.filter { !equalPredicted.contains($0) }.map { predicted[$0] }
            #expect(pairs.count == equal.count + largestMatching(left, right))
            #expect(Set(pairs.map(\.gold)).count == pairs.count && Set(pairs.map(\.predicted)).count == pairs.count)
            #expect(pairs.map(\.gold) == pairs.map(\.gold).sorted())
            for pair in pairs {
                let (one, other) = (gold[pair.gold], predicted[pair.predicted])
                #expect(one.type == other.type && (one.spans == other.spans || share(one.hull, other.hull)))
            }
        }
    }

    @Test func manyMentionsThatAllOverlapTakeNoQuadraticTime() {
        let gold = (0..<20_000).map { Entity(type: "X", spans: [TextSpan(start: $0, end: 50_000 + 2 * $0)]) }
        let predicted = (0..<20_000).map { Entity(type: "X", spans: [TextSpan(start: $0, end: 50_001 + 2 * $0)]) }
        #expect(MatchingRule.overlapping.pairs(gold: gold, predicted: predicted).count == 20_000)
    }
}
