import ClinicalText
import Essentials
import Testing

@testable import CorpusAnalysis

@Suite struct EntityOverlapsTests {
    private func entity(_ spans: (Int, Int)..., type: String = "A") -> Entity {
        Entity(type: type, spans: spans.map { TextSpan(start: $0.0, end: $0.1) })
    }

    private func found(_ entities: [Entity]) -> [Int: EntityOverlaps.Overlap] {
        Dictionary(uniqueKeysWithValues: EntityOverlaps.find(in: entities).map { ($0.entity, $0.overlap) })
    }

    @Test func neighborsDoNotOverlap() {
        #expect(found([entity((0, 4)), entity((4, 8)), entity((9, 12))]).isEmpty)
    }

    @Test func theSmallerOneLiesWithinTheLarger() {
        #expect(found([entity((2, 4)), entity((0, 8))]) == [0: .within(1)])
        #expect(found([entity((0, 4)), entity((0, 8))]) == [0: .within(1)])
        #expect(found([entity((4, 8)), entity((0, 8))]) == [0: .within(1)])
    }

    @Test func ofEqualOnesTheLaterLiesWithin() {
        #expect(found([entity((0, 4)), entity((0, 4), type: "B")]) == [1: .within(0)])
    }

    @Test func theLaterOneCrosses() {
        #expect(found([entity((0, 5)), entity((3, 8))]) == [1: .crossing(0)])
    }

    @Test func whatLiesInAGapIsNotWithin() {
        #expect(found([entity((0, 4), (10, 14)), entity((5, 9))]).isEmpty)
    }

    @Test func allFragmentsMustLieWithin() {
        #expect(found([entity((0, 20)), entity((2, 4), (8, 10))]) == [1: .within(0)])
        #expect(found([entity((0, 6)), entity((2, 4), (8, 10))]) == [1: .crossing(0)])
        #expect(found([entity((0, 4)), entity((0, 4), (10, 14))]) == [0: .within(1)])
    }

    @Test func emptySpansDoNotCount() {
        #expect(found([entity((3, 3)), entity((0, 8))]).isEmpty)
    }

    /// Every pair is looked at.
    private func obvious(_ entities: [Entity]) -> [Int: Bool] {
        var isWithin: [Int: Bool] = [:]
        for (index, entity) in entities.enumerated() {
            let span = entity.hull
            for (other, candidate) in entities.enumerated() where other != index {
                let hull = candidate.hull
                if hull.contains(span), hull.count > span.count || other < index { isWithin[index] = true }
                if hull.start < span.start, span.start < hull.end, hull.end < span.end, isWithin[index] == nil {
                    isWithin[index] = false
                }
            }
        }
        return isWithin
    }

    @Test func agreesWithLookingAtEveryPair() {
        var generator = SeededGenerator(seed: 3)
        for count in 1...40 {
            for _ in 0..<20 {
                let entities = (0..<count).map { _ in
                    let start = Int.random(in: 0..<30, using: &generator)
                    return entity((start, start + Int.random(in: 1...8, using: &generator)))
                }
                let clever = found(entities).mapValues { overlap in
                    if case .within = overlap { true } else { false }
                }
                #expect(clever == obvious(entities))
            }
        }
    }

    @Test func manyNestedOnesTakeLittleTime() {
        let entities = (0..<100_000).map { entity(($0, 400_000 - $0)) }
        #expect(found(entities).count == 99_999)
    }
}
