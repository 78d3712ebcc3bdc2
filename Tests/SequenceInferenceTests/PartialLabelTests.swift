import Essentials
import Foundation
import SequenceInference
import Testing

@Suite struct PartialLabelTests {
    static let sizes: [(tags: Int, steps: Int)] = [(1, 3), (2, 5), (3, 1), (3, 5), (5, 4)]

    private func value(_ chain: LinearChainCRF, _ emissions: [Float], _ allowed: [UInt64]) -> Double {
        var gradient = LinearChainCRF.Gradient(
            zerosForSteps: emissions.count / chain.tagCount, tagCount: chain.tagCount)
        return chain.partialLogLikelihoodAndGradient(emissions: emissions, allowed: allowed, into: &gradient)
    }

    private func keeps(_ path: [Int], to allowed: [UInt64]) -> Bool {
        zip(path, allowed).allSatisfy { $1 >> UInt64($0) & 1 == 1 }
    }

    @Test(arguments: [Float(2), 100])
    func likelihoodAndGradientAreThoseOfEnumeratingThePathsThatKeepToTheSets(spread: Float) {
        for (tags, steps) in Self.sizes {
            for constrained in [false, true] where !constrained || tags % 2 == 1 {
                var generator = SeededGenerator(seed: UInt64(tags * 10 + steps))
                let chain = generator.chain(tagCount: tags, constrained: constrained, spread: spread)
                let emissions = generator.floats(tags * steps, spread: spread)
                // The outside tag, which is always permitted, and some others.
                let allowed = (0..<steps).map { _ in generator.next() % (1 << UInt64(tags)) | 1 }
                let all = PathEnumeration(chain, emissions: emissions)
                let kept = all.probability { keeps($0, to: allowed) }

                var gradient = LinearChainCRF.Gradient(zerosForSteps: steps, tagCount: tags)
                let found = chain.partialLogLikelihoodAndGradient(
                    emissions: emissions, allowed: allowed, into: &gradient)
                // Enumeration cannot tell probabilities this small from nothing.
                guard kept > 1e-290 else { continue }
                #expect(abs(found - log(kept)) < 1e-9 * max(1, abs(found)), "\(tags) tags, \(steps) steps")
                for index in emissions.indices {
                    func isHere(_ path: [Int]) -> Bool { path[index / tags] == index % tags }
                    let expected =
                        all.probability { keeps($0, to: allowed) && isHere($0) } / kept
                        - all.probability(where: isHere)
                    #expect(abs(Double(gradient.emissions[index]) - expected) < 1e-5)
                }
                for index in 0..<tags * tags {
                    var expected = 0.0
                    for step in 1..<max(steps, 1) {
                        func isHere(_ path: [Int]) -> Bool { path[step - 1] * tags + path[step] == index }
                        expected +=
                            all.probability { keeps($0, to: allowed) && isHere($0) } / kept
                            - all.probability(where: isHere)
                    }
                    #expect(abs(Double(gradient.transitions[index]) - expected) < 1e-5)
                }
            }
        }
    }

    @Test(arguments: [false, true])
    func gradientIsThatOfFiniteDifferences(constrained: Bool) {
        var generator = SeededGenerator(seed: 21)
        let chain = generator.chain(tagCount: 5, constrained: constrained)
        let emissions = generator.floats(5 * 6)
        let allowed: [UInt64] = [0b00011, 0b11111, 0b00101, 0b10111, 0b00001, 0b01011]
        var gradient = LinearChainCRF.Gradient(zerosForSteps: 6, tagCount: 5)
        _ = chain.partialLogLikelihoodAndGradient(emissions: emissions, allowed: allowed, into: &gradient)
        let slope = SlopeOf(chain, emissions) { value($0, $1, allowed) }
        #expect(slope.largestDifference(from: gradient) < 1e-3)
    }

    @Test func setsOfOneTagAreACompletePath() {
        var generator = SeededGenerator(seed: 22)
        let chain = generator.chain(tagCount: 5, constrained: true)
        let emissions = generator.floats(5 * 8)
        let tags = chain.decode(emissions: generator.floats(5 * 8))
        var partial = LinearChainCRF.Gradient(zerosForSteps: 8, tagCount: 5)
        var complete = partial
        let found = chain.partialLogLikelihoodAndGradient(
            emissions: emissions, allowed: tags.map { 1 << UInt64($0) }, into: &partial)
        let expected = chain.logLikelihoodAndGradient(emissions: emissions, tags: tags, into: &complete)
        #expect(abs(found - expected) < 1e-9)
        #expect(zip(partial.emissions, complete.emissions).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(zip(partial.transitions, complete.transitions).allSatisfy { abs($0 - $1) < 1e-5 })
        #expect(zip(partial.startTransitions, complete.startTransitions).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(zip(partial.endTransitions, complete.endTransitions).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func setsOfAllTagsTeachNothing() {
        var generator = SeededGenerator(seed: 23)
        let chain = generator.chain(tagCount: 3, constrained: true)
        var gradient = LinearChainCRF.Gradient(zerosForSteps: 7, tagCount: 3)
        let found = chain.partialLogLikelihoodAndGradient(
            emissions: generator.floats(21), allowed: [UInt64](repeating: .max, count: 7), into: &gradient)
        #expect(found == 0)
        #expect((gradient.emissions + gradient.transitions).allSatisfy { abs($0) < 1e-6 })
    }

    @Test func setsThatNoPermittedPathKeepsToHaveNoLikelihoodAndNoGradient() {
        var generator = SeededGenerator(seed: 24)
        let chain = generator.chain(tagCount: 3, constrained: true)
        let emissions = generator.floats(6)
        var gradient = LinearChainCRF.Gradient(zerosForSteps: 2, tagCount: 3)
        // An inside tag at the start; an inside tag after outside; a step without any tag.
        for allowed: [UInt64] in [[0b100, 0b111], [0b001, 0b100], [0b111, 0]] {
            #expect(
                chain.partialLogLikelihoodAndGradient(emissions: emissions, allowed: allowed, into: &gradient)
                    == -.infinity)
        }
        #expect((gradient.emissions + gradient.transitions + gradient.startTransitions).allSatisfy { $0 == 0 })
    }

    @Test func emissionsThatAreNotNumbersGiveALikelihoodThatIsNot() {
        var generator = SeededGenerator(seed: 27)
        let chain = generator.chain(tagCount: 3)
        #expect(value(chain, [Float](repeating: .nan, count: 9), [7, 7, 7]).isNaN)
    }

    @Test func moreThanSixtyFourTagsTakeSeveralWordsAStep() {
        var generator = SeededGenerator(seed: 25)
        let chain = generator.chain(tagCount: 67)
        let emissions = generator.floats(67 * 2)
        #expect(LinearChainCRF.wordsPerTagSet(tagCount: 67) == 2 && LinearChainCRF.wordsPerTagSet(tagCount: 64) == 1)
        // Tags 3 and 66, then tag 65.
        let found = value(chain, emissions, [1 << 3, 1 << 2, 0, 1 << 1])
        let paths = [[3, 65], [66, 65]].map { exp(chain.logLikelihood(emissions: emissions, tags: $0)) }
        #expect(abs(found - log(paths[0] + paths[1])) < 1e-9)
    }

    @Test func longSequencesNeitherOverflowNorUnderflow() {
        var generator = SeededGenerator(seed: 26)
        let chain = generator.chain(tagCount: 9, constrained: true)
        let emissions = generator.floats(9 * 3000, spread: 30)
        let allowed = (0..<3000).map { $0 % 3 == 0 ? UInt64(0b111) : .max }
        var gradient = LinearChainCRF.Gradient(zerosForSteps: 3000, tagCount: 9)
        let found = chain.partialLogLikelihoodAndGradient(emissions: emissions, allowed: allowed, into: &gradient)
        #expect(found.isFinite && found < 0)
        for step in 0..<3000 {
            let sum = gradient.emissions[step * 9..<(step + 1) * 9].reduce(0, +)
            #expect(abs(sum) < 1e-4, "both expectations of a step sum to one")
        }
    }
}
