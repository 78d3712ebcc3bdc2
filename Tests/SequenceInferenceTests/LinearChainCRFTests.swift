import Essentials
import Foundation
import SequenceInference
import TestSupport
import Testing

@Suite struct LinearChainCRFTests {
    static let sizes: [(tags: Int, steps: Int)] = [(1, 1), (1, 4), (2, 1), (2, 6), (3, 1), (3, 2), (3, 5), (5, 4)]

    /// Calls `body` for chains of each size, free and constrained, with mild and with extreme scores.
    private func withChains(_ body: (LinearChainCRF, [Float], PathEnumeration) throws -> Void) rethrows {
        for (tags, steps) in Self.sizes {
            for constrained in [false, true] where !constrained || tags % 2 == 1 {
                for spread in [Float(2), 100] {
                    var generator = SeededGenerator(seed: UInt64(tags * 100 + steps))
                    let chain = generator.chain(tagCount: tags, constrained: constrained, spread: spread)
                    let emissions = generator.floats(tags * steps, spread: spread)
                    try body(chain, emissions, PathEnumeration(chain, emissions: emissions))
                }
            }
        }
    }

    @Test func logLikelihoodIsThatOfEnumeratingAllPaths() {
        withChains { chain, emissions, all in
            for (tags, score) in all.paths {
                let expected = score - all.logPartition
                let found = chain.logLikelihood(emissions: emissions, tags: tags)
                #expect(
                    found == expected || abs(found - expected) < 1e-9 * max(1, abs(expected)),
                    "\(chain.tagCount) tags, path \(tags)")
            }
        }
    }

    @Test func decodingFindsThePathThatEnumerationFinds() throws {
        try withChains { chain, emissions, all in
            let best = try #require(all.paths.max { $0.score < $1.score })
            #expect(chain.decode(emissions: emissions) == best.tags)
        }
    }

    @Test func marginalsAreSumsOverPaths() {
        withChains { chain, emissions, all in
            let marginals = chain.marginals(emissions: emissions)
            for index in emissions.indices {
                let expected = all.probability { $0[index / chain.tagCount] == index % chain.tagCount }
                #expect(abs(Double(marginals[index]) - expected) < 1e-6)
            }
        }
    }

    @Test func segmentProbabilitiesAreSumsOverPaths() {
        withChains { chain, emissions, all in
            let steps = emissions.count / chain.tagCount
            var segments: [TagSegment] = []
            for start in 0..<steps {
                for end in start + 1...steps {
                    for tag in 0..<chain.tagCount {
                        let inside = min(tag + 1, chain.tagCount - 1)
                        let tags = [tag] + [Int](repeating: inside, count: end - start - 1)
                        segments.append(TagSegment(start: start, tags: tags, excludedNext: inside))
                        segments.append(TagSegment(start: start, tags: tags, excludedNext: nil))
                    }
                }
            }
            let found = chain.segmentProbabilities(emissions: emissions, segments: segments)
            for (segment, probability) in zip(segments, found) {
                let end = segment.start + segment.tags.count
                let expected = all.probability { path in
                    Array(path[segment.start..<end]) == segment.tags
                        && (end == path.count || path[end] != segment.excludedNext)
                }
                #expect(abs(probability - expected) < 1e-9, "\(segment)")
            }
        }
    }

    @Test(arguments: [false, true])
    func gradientIsThatOfFiniteDifferences(constrained: Bool) {
        var generator = SeededGenerator(seed: 7)
        let chain = generator.chain(tagCount: 5, constrained: constrained)
        let emissions = generator.floats(5 * 4)
        let tags = [1, 2, 0, 3]
        var gradient = LinearChainCRF.Gradient(zerosForSteps: 6, tagCount: 5)
        let value = chain.logLikelihoodAndGradient(
            emissions: emissions, tags: tags, into: &gradient, emissionsOffset: 10)
        #expect(abs(value - chain.logLikelihood(emissions: emissions, tags: tags)) < 1e-12)

        let h: Float = 1 / 64
        func slope(_ change: (inout LinearChainCRF, inout [Float], Float) -> Void) -> Double {
            let values = [h, -h].map { step in
                var (chain, emissions) = (chain, emissions)
                change(&chain, &emissions, step)
                return chain.logLikelihood(emissions: emissions, tags: tags)
            }
            return (values[0] - values[1]) / Double(2 * h)
        }
        for index in 0..<25 {
            #expect(
                abs(
                    Double(gradient.transitions[index])
                        - slope {
                            $0.transitions[index] += $2
                            _ = $1
                        }) < 1e-3)
        }
        for tag in 0..<5 {
            let start = slope { chain, _, step in chain.startTransitions[tag] += step }
            let end = slope { chain, _, step in chain.endTransitions[tag] += step }
            #expect(abs(Double(gradient.startTransitions[tag]) - start) < 1e-3)
            #expect(abs(Double(gradient.endTransitions[tag]) - end) < 1e-3)
        }
        for index in emissions.indices {
            let expected = slope { _, emissions, step in emissions[index] += step }
            #expect(abs(Double(gradient.emissions[10 + index]) - expected) < 1e-3)
        }
        #expect(gradient.emissions[..<10].allSatisfy { $0 == 0 }, "rows of other sequences stay as they are")
    }

    @Test func transitionGradientIsObservedMinusExpectedCounts() {
        withChains { chain, emissions, all in
            let count = chain.tagCount
            let tags = chain.decode(emissions: emissions)
            var gradient = LinearChainCRF.Gradient(zerosForSteps: tags.count, tagCount: count)
            _ = chain.logLikelihoodAndGradient(emissions: emissions, tags: tags, into: &gradient)
            for index in 0..<count * count {
                var expected = 0.0
                for step in 1..<max(tags.count, 1) {
                    func isHere(_ path: [Int]) -> Bool { path[step - 1] * count + path[step] == index }
                    expected += (isHere(tags) ? 1 : 0) - all.probability(where: isHere)
                }
                #expect(abs(Double(gradient.transitions[index]) - expected) < 1e-5)
            }
        }
    }

    @Test func gradientsOfAPackedBatchAddUpWithTheirWeights() {
        var generator = SeededGenerator(seed: 11)
        let chain = generator.chain(tagCount: 3, constrained: true)
        let emissions = generator.floats(3 * 7)
        let tags = [0, 1, 2, 1, 0, 0, 1]
        var single = LinearChainCRF.Gradient(zerosForSteps: 7, tagCount: 3)
        _ = chain.logLikelihoodAndGradient(
            emissions: Array(emissions[..<9]), tags: Array(tags[..<3]), into: &single)
        _ = chain.logLikelihoodAndGradient(
            emissions: Array(emissions[9...]), tags: Array(tags[3...]), into: &single, emissionsOffset: 9)

        var packed = LinearChainCRF.Gradient(zerosForSteps: 0, tagCount: 3)
        var rows = [Float](repeating: 0, count: 21)
        emissions.withUnsafeBufferPointer { emissions in
            rows.withUnsafeMutableBufferPointer { rows in
                for range in [0..<3, 3..<7] {
                    let floats = range.lowerBound * 3..<range.upperBound * 3
                    _ = chain.addLogLikelihoodGradient(
                        emissions: UnsafeBufferPointer(rebasing: emissions[floats]), tags: tags[range], weight: -0.5,
                        emissionsGradient: UnsafeMutableBufferPointer(rebasing: rows[floats]), gradient: &packed)
                }
            }
        }
        func isHalfNegated(_ half: [Float], _ whole: [Float]) -> Bool {
            zip(half, whole).allSatisfy { abs($0 + 0.5 * $1) < 1e-6 }
        }
        #expect(isHalfNegated(rows, single.emissions))
        #expect(isHalfNegated(packed.transitions, single.transitions))
        #expect(isHalfNegated(packed.startTransitions, single.startTransitions))
        #expect(isHalfNegated(packed.endTransitions, single.endTransitions))
    }

    @Test func aBatchOnAllProcessorsIsTheSumOfItsSequences() {
        var generator = SeededGenerator(seed: 12)
        let chain = generator.chain(tagCount: 5, constrained: true)
        let lengths = (0..<90).map { $0 % 31 == 7 ? 0 : 1 + $0 * 7 % 60 }
        let steps = lengths.reduce(0, +)
        let emissions = generator.floats(5 * steps)
        var tags = lengths.flatMap { chain.decode(emissions: generator.floats(5 * $0)) }
        // Inside cannot start a sequence: its path is forbidden.
        tags[lengths[0]] = 2
        let weights = lengths.indices.map { Float($0 % 3) - 0.5 }
        var whole = LinearChainCRF.Gradient(zerosForSteps: 0, tagCount: 5)
        var parts = whole
        var wholeRows = [Float](repeating: 0, count: 5 * steps)
        var partRows = wholeRows
        var found: [Double] = []
        var expected: [Double] = []
        emissions.withUnsafeBufferPointer { emissions in
            wholeRows.withUnsafeMutableBufferPointer { rows in
                found = chain.addLogLikelihoodGradients(
                    emissions: emissions, tags: tags, lengths: lengths, weights: weights, emissionsGradient: rows,
                    gradient: &whole)
            }
            partRows.withUnsafeMutableBufferPointer { rows in
                var start = 0
                for (length, weight) in zip(lengths, weights) {
                    let floats = start * 5..<(start + length) * 5
                    expected.append(
                        chain.addLogLikelihoodGradient(
                            emissions: UnsafeBufferPointer(rebasing: emissions[floats]),
                            tags: tags[start..<start + length], weight: weight,
                            emissionsGradient: UnsafeMutableBufferPointer(rebasing: rows[floats]), gradient: &parts))
                    start += length
                }
            }
        }
        #expect(found == expected && found[1] == -.infinity && found[7] == 0)
        #expect(wholeRows == partRows)
        #expect(zip(whole.transitions, parts.transitions).allSatisfy { abs($0 - $1) < 1e-3 })
        #expect(zip(whole.startTransitions, parts.startTransitions).allSatisfy { abs($0 - $1) < 1e-4 })
        #expect(zip(whole.endTransitions, parts.endTransitions).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    @Test(arguments: [Float(1), 100])
    func longChainsNeitherOverflowNorUnderflow(spread: Float) {
        var generator = SeededGenerator(seed: 3)
        let chain = generator.chain(tagCount: 17, constrained: true)
        let emissions = generator.floats(17 * 2000, spread: spread)
        let tags = chain.decode(emissions: emissions)
        var gradient = LinearChainCRF.Gradient(zerosForSteps: 2000, tagCount: 17)
        let value = chain.logLikelihoodAndGradient(emissions: emissions, tags: tags, into: &gradient)
        #expect(value.isFinite && value <= 0)
        #expect(gradient.emissions.allSatisfy(\.isFinite) && gradient.transitions.allSatisfy(\.isFinite))
        let marginals = chain.marginals(emissions: emissions)
        for step in 0..<2000 {
            let sum = marginals[step * 17..<(step + 1) * 17].reduce(0, +)
            #expect(abs(sum - 1) < 1e-4)
        }
    }

    /// Two tags that never meet: the weight of the one that must win lies e^-40000 below the other's on the way.
    @Test func whatTheEndDemandsIsNotLostToUnderflow() {
        let chain = LinearChainCRF(
            tagCount: 2, transitions: [0, 0, 0, 0], startTransitions: [0, 0], endTransitions: [0, 0],
            constraints: TransitionConstraints(
                transitions: [true, false, false, true], start: [true, true], end: [false, true]))
        let emissions = [Float]((0..<200).flatMap { _ in [Float(100), -100] })
        let tags = [Int](repeating: 1, count: 200)
        #expect(chain.decode(emissions: emissions) == tags)
        #expect(abs(chain.logLikelihood(emissions: emissions, tags: tags)) < 1e-9)
        #expect(chain.marginals(emissions: emissions) == (0..<400).map { Float($0 % 2) })
        var gradient = LinearChainCRF.Gradient(zerosForSteps: 200, tagCount: 2)
        _ = chain.logLikelihoodAndGradient(emissions: emissions, tags: tags, into: &gradient)
        #expect(gradient.transitions.allSatisfy { abs($0) < 1e-4 })
    }

    @Test func aForbiddenPathHasNoLikelihoodAndNoGradient() {
        var generator = SeededGenerator(seed: 5)
        let chain = generator.chain(tagCount: 3, constrained: true)
        let emissions = generator.floats(6)
        var gradient = LinearChainCRF.Gradient(zerosForSteps: 2, tagCount: 3)
        for tags in [[2, 0], [0, 2]] {
            #expect(chain.logLikelihood(emissions: emissions, tags: tags) == -.infinity)
            #expect(
                chain.logLikelihoodAndGradient(emissions: emissions, tags: tags, into: &gradient) == -.infinity)
        }
        #expect(gradient.emissions.allSatisfy { $0 == 0 } && gradient.transitions.allSatisfy { $0 == 0 })
    }

    /// Recorded by `Tests/Fixtures/reference/make_crf.py`.
    @Test func agreesWithTheRecordedEnumeration() throws {
        struct Fixture: Decodable { let cases: [Case] }
        struct Case: Decodable {
            let emissions: [[Float]]
            let transitions: [[Float]]
            let start: [Float]
            let end: [Float]
            let tags: [Int]
            let logLikelihood: Double
            let bestPath: [Int]
            let marginals: [[Double]]
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let data = try Data(contentsOf: URL(fileURLWithPath: SharedData.fixture("reference/crf.json")))
        let cases = try decoder.decode(Fixture.self, from: data).cases
        #expect(!cases.isEmpty)
        for recorded in cases {
            let chain = LinearChainCRF(
                tagCount: recorded.start.count, transitions: recorded.transitions.flatMap { $0 },
                startTransitions: recorded.start, endTransitions: recorded.end)
            let emissions = recorded.emissions.flatMap { $0 }
            let value = chain.logLikelihood(emissions: emissions, tags: recorded.tags)
            #expect(abs(value - recorded.logLikelihood) < 1e-6 * max(1, abs(value)))
            #expect(chain.decode(emissions: emissions) == recorded.bestPath)
            let marginals = chain.marginals(emissions: emissions)
            #expect(zip(marginals, recorded.marginals.flatMap { $0 }).allSatisfy { abs(Double($0) - $1) < 1e-5 })
        }
    }

    @Test func anEmptySequenceHasOnePath() {
        var generator = SeededGenerator(seed: 5)
        let chain = generator.chain(tagCount: 3)
        var gradient = LinearChainCRF.Gradient(zerosForSteps: 0, tagCount: 3)
        #expect(chain.logLikelihood(emissions: [], tags: []) == 0)
        #expect(chain.logLikelihoodAndGradient(emissions: [], tags: [], into: &gradient) == 0)
        #expect(chain.decode(emissions: []).isEmpty)
        #expect(chain.marginals(emissions: []).isEmpty)
    }

    @Test func emissionsThatAreNotNumbersGiveALikelihoodThatIsNot() {
        var generator = SeededGenerator(seed: 5)
        let chain = generator.chain(tagCount: 3, constrained: true)
        let emissions = [Float](repeating: .nan, count: 9)
        #expect(chain.logLikelihood(emissions: emissions, tags: [0, 0, 0]).isNaN)
        #expect(chain.decode(emissions: emissions).count == 3)
    }

    @Test func decodingNeverBreaksTheConstraints() {
        var generator = SeededGenerator(seed: 9)
        let constraints = TransitionConstraints.bio(tagCount: 9)
        for _ in 0..<50 {
            let chain = generator.chain(tagCount: 9, constrained: true)
            let tags = chain.decode(emissions: generator.floats(9 * 40, spread: 5))
            #expect(constraints.start[tags[0]])
            #expect(zip(tags, tags.dropFirst()).allSatisfy { constraints.transitions[$0 * 9 + $1] })
        }
    }
}
