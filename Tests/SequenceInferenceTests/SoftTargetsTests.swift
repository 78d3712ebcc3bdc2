import Essentials
import Foundation
import SequenceInference
import Testing

@Suite struct SoftTargetsTests {
    /// Rows of random probabilities.
    private func rows(_ steps: Int, _ tags: Int, _ generator: inout SeededGenerator) -> [Float] {
        (0..<steps).flatMap { _ -> [Float] in
            let row = (0..<tags).map { _ in Float(generator.unit()) + 0.05 }
            return row.map { $0 / row.reduce(0, +) }
        }
    }

    private func value(_ chain: LinearChainCRF, _ emissions: [Float], _ targets: SoftTargets) -> Double {
        var gradient = LinearChainCRF.Gradient(
            zerosForSteps: emissions.count / chain.tagCount, tagCount: chain.tagCount)
        return chain.softLogLikelihoodAndGradient(emissions: emissions, targets: targets, into: &gradient)
    }

    @Test func independentTargetsAreTheExpectationOverTheirPaths() {
        for (tags, steps) in [(1, 3), (2, 1), (2, 6), (3, 5), (4, 4)] {
            var generator = SeededGenerator(seed: UInt64(31 + tags * steps))
            let chain = generator.chain(tagCount: tags)
            let emissions = generator.floats(tags * steps)
            let probabilities = rows(steps, tags, &generator)
            let all = PathEnumeration(chain, emissions: emissions)
            var expected = 0.0
            for (path, score) in all.paths {
                let share = path.enumerated().reduce(1.0) { $0 * Double(probabilities[$1.offset * tags + $1.element]) }
                expected += share * (score - all.logPartition)
            }
            let targets = SoftTargets(independent: probabilities, tagCount: tags)
            #expect(abs(value(chain, emissions, targets) - expected) < 1e-5, "\(tags) tags, \(steps) steps")
        }
    }

    @Test func targetsOfATeacherAreTheExpectationOverItsPaths() {
        for constrained in [false, true] {
            var generator = SeededGenerator(seed: 33)
            let teacher = generator.chain(tagCount: 3, constrained: constrained)
            let teacherEmissions = generator.floats(3 * 5)
            let student = generator.chain(tagCount: 3, constrained: constrained)
            let emissions = generator.floats(3 * 5)
            let taught = PathEnumeration(teacher, emissions: teacherEmissions)
            let all = PathEnumeration(student, emissions: emissions)
            var expected = 0.0
            for (path, own) in zip(taught.paths, all.paths) where path.score > -.infinity {
                expected += exp(path.score - taught.logPartition) * (own.score - all.logPartition)
            }
            let targets = SoftTargets(teacher.expectations(emissions: teacherEmissions))
            #expect(abs(value(student, emissions, targets) - expected) < 1e-9)
        }
    }

    @Test(arguments: [false, true])
    func gradientIsThatOfFiniteDifferences(constrained: Bool) {
        var generator = SeededGenerator(seed: 34)
        let chain = generator.chain(tagCount: 5, constrained: constrained)
        let emissions = generator.floats(5 * 6)
        let targets = SoftTargets(
            independent: rows(6, 5, &generator), tagCount: 5, constraints: chain.constraints)
        var gradient = LinearChainCRF.Gradient(zerosForSteps: 6, tagCount: 5)
        _ = chain.softLogLikelihoodAndGradient(emissions: emissions, targets: targets, into: &gradient)
        let slope = SlopeOf(chain, emissions) { value($0, $1, targets) }
        #expect(slope.largestDifference(from: gradient) < 1e-3)
    }

    /// A constant on every transition says nothing; it must not change the value, be some of them forbidden or not.
    @Test func whatIsForbiddenLeavesNoWayToRaiseAllScores() {
        var generator = SeededGenerator(seed: 35)
        var chain = generator.chain(tagCount: 5, constrained: true)
        let emissions = generator.floats(5 * 6)
        let targets = SoftTargets(
            independent: rows(6, 5, &generator), tagCount: 5, constraints: chain.constraints)
        #expect(abs(targets.transitions.reduce(0, +) - 5) < 1e-9)
        #expect(abs(targets.start.reduce(0, +) - 1) < 1e-9 && targets.start[2] == 0)
        let before = value(chain, emissions, targets)
        for index in chain.transitions.indices { chain.transitions[index] += 4 }
        for tag in 0..<5 { chain.startTransitions[tag] -= 2 }
        #expect(abs(value(chain, emissions, targets) - before) < 1e-4)
    }

    @Test func certainTargetsAreALabeledPath() {
        var generator = SeededGenerator(seed: 36)
        let chain = generator.chain(tagCount: 5, constrained: true)
        let emissions = generator.floats(5 * 8)
        let tags = chain.decode(emissions: generator.floats(5 * 8))
        let certain = tags.flatMap { tag in (0..<5).map { $0 == tag ? Float(1) : 0 } }
        var soft = LinearChainCRF.Gradient(zerosForSteps: 8, tagCount: 5)
        var hard = soft
        let targets = SoftTargets(independent: certain, tagCount: 5, constraints: chain.constraints)
        let found = chain.softLogLikelihoodAndGradient(emissions: emissions, targets: targets, into: &soft)
        let expected = chain.logLikelihoodAndGradient(emissions: emissions, tags: tags, into: &hard)
        #expect(abs(found - expected) < 1e-9)
        #expect(zip(soft.emissions, hard.emissions).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(zip(soft.transitions, hard.transitions).allSatisfy { abs($0 - $1) < 1e-5 })
        #expect(zip(soft.endTransitions, hard.endTransitions).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func targetsThatCountSomethingForbiddenHaveNoLikelihoodAndNoGradient() {
        var generator = SeededGenerator(seed: 37)
        let chain = generator.chain(tagCount: 3, constrained: true)
        let targets = SoftTargets(independent: rows(4, 3, &generator), tagCount: 3)
        var gradient = LinearChainCRF.Gradient(zerosForSteps: 4, tagCount: 3)
        let found = chain.softLogLikelihoodAndGradient(
            emissions: generator.floats(12), targets: targets, into: &gradient)
        #expect(found == -.infinity)
        #expect((gradient.emissions + gradient.transitions).allSatisfy { $0 == 0 })
    }

    @Test func aTeacherTeachesItselfNothing() {
        var generator = SeededGenerator(seed: 38)
        let chain = generator.chain(tagCount: 5, constrained: true)
        let emissions = generator.floats(5 * 40)
        var gradient = LinearChainCRF.Gradient(zerosForSteps: 40, tagCount: 5)
        let targets = SoftTargets(chain.expectations(emissions: emissions))
        let entropy = -chain.softLogLikelihoodAndGradient(emissions: emissions, targets: targets, into: &gradient)
        #expect(entropy > 0)
        #expect((gradient.emissions + gradient.startTransitions).allSatisfy { abs($0) < 1e-6 })
        #expect(gradient.transitions.allSatisfy { abs($0) < 1e-5 })
    }
}
