import ClinicalText
import SequenceInference
import Testing

@testable import Models

struct TagTargetsTests {
    private let scheme = TagScheme(types: ["Disease", "Drug"])

    private var chain: LinearChainCRF {
        LinearChainCRF(
            tagCount: 5, transitions: (0..<25).map { Float($0 % 7) * 0.1 },
            startTransitions: [0.1, 0.2, 0, 0.3, 0], endTransitions: [0, 0.1, 0.2, 0, 0.1],
            constraints: TransitionConstraints(
                tagCount: 5, canStart: { [scheme] in scheme.canStart(with: $0) },
                canFollow: { [scheme] in scheme.canFollow($0, with: $1) }))
    }

    private func outcome(_ targets: TagTargets) -> (loss: Double, rows: [Float], gradient: LinearChainCRF.Gradient) {
        let emissions = (0..<20).map { Float(($0 * 7) % 11) * 0.2 - 1 }
        var rows = [Float](repeating: 0, count: 20)
        var gradient = LinearChainCRF.Gradient(zerosForSteps: 0, tagCount: 5)
        let loss = targets.addGradient(
            of: chain, emissions: emissions, weight: 0.5, emissionsGradient: &rows, gradient: &gradient)
        return (loss, rows, gradient)
    }

    private func sets(_ tags: [Int]) -> [UInt64] { tags.map { 1 << UInt64($0) } }

    private func certain(_ tags: [Int]) -> [Float] {
        tags.flatMap { tag in (0..<5).map { $0 == tag ? 1 : 0 } }
    }

    @Test("certain probabilities and sets of one tag are the tags")
    func same() {
        let tags = [1, 2, 0, 3]
        let hard = outcome(.tags(tags))
        #expect(hard.loss > 0)
        for other in [outcome(.permitted(sets(tags))), outcome(.probabilities(certain(tags)))] {
            #expect(abs(hard.loss - other.loss) < 1e-6)
            #expect(zip(hard.rows, other.rows).allSatisfy { abs($0 - $1) < 1e-6 })
            #expect(zip(hard.gradient.transitions, other.gradient.transitions).allSatisfy { abs($0 - $1) < 1e-6 })
        }
    }

    @Test("what may be anything costs nothing")
    func unknown() {
        let nothing = outcome(.permitted([UInt64](repeating: 31, count: 4)))
        #expect(abs(nothing.loss) < 1e-9 && nothing.rows.allSatisfy { abs($0) < 1e-6 })
        let one = outcome(.permitted([31, 31, 1, 31]))
        #expect(one.loss > 0 && one.loss < outcome(.tags([0, 0, 0, 0])).loss)
    }

    @Test("a part of the words has their targets")
    func parts() {
        #expect(TagTargets.tags([1, 2, 0]).part(1..<3, tagCount: 5) == .tags([2, 0]))
        #expect(TagTargets.permitted([1, 2, 3, 4]).part(1..<2, tagCount: 70) == .permitted([3, 4]))
        #expect(TagTargets.probabilities([1, 2, 3, 4]).part(1..<2, tagCount: 2) == .probabilities([3, 4]))
    }

    private let tokens = TokenDistributions(
        types: ["Disease", "Drug"],
        probabilities: [0.1, 0.9, 0, 0.3, 0.6, 0.1, 1, 0, 0, 0.5, 0, 0.5], isUnknown: [false, false, true, false])

    @Test("of a type's probability as much goes on as the token before had")
    func tagsOfDistributions() {
        let expected: [Float] = [
            0.1, 0.9, 0, 0, 0,
            0.3, 0, 0.6, 0.1, 0,
            1, 0, 0, 0, 0,
            0.5, 0, 0, 0.5, 0,
        ]
        let found = tokens.tags(scheme, starts: [0, 3])
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 } && found.count == 20)
        // Where another entity begins, nothing goes on.
        #expect(abs(tokens.tags(scheme, starts: [0, 1])[5 + 1] - 0.6) < 1e-6)
        // Of a scheme with one of the types the other's probability is outside.
        let drugs = tokens.tags(TagScheme(types: ["Drug"]), starts: [])
        #expect(abs(drugs[0] - 1) < 1e-6 && abs(drugs[3] - 0.9) < 1e-6)
    }

    @Test("labels that are probable enough are permitted, and everything where nobody spoke, if asked")
    func permitted() {
        let hard = [1, 2, 0, 0]
        #expect(
            tokens.permitted(scheme, tags: hard, least: 0.25, unknownIsOutside: true)
                == [0b00110, 0b00111, 0b00001, 0b11001])
        #expect(tokens.permitted(scheme, tags: hard, least: 2, unknownIsOutside: false) == [0b10, 0b100, 0b11111, 1])
    }

    @Test("confidence is that of the most probable labels")
    func confidence() {
        #expect(abs(tokens.confidence(in: 0..<2) - 0.75) < 1e-6)
        #expect(tokens.confidence(in: 2..<2) == 1)
    }
}
