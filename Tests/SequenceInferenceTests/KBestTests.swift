import Essentials
import SequenceInference
import Testing

@Suite struct KBestTests {
    @Test func pathsAndScoresAreThoseOfEnumerationInOrder() {
        for (tags, steps) in [(1, 1), (1, 4), (2, 1), (2, 6), (3, 1), (3, 5), (5, 4)] {
            for constrained in [false, true] where !constrained || tags % 2 == 1 {
                var generator = SeededGenerator(seed: UInt64(tags * 100 + steps))
                let chain = generator.chain(tagCount: tags, constrained: constrained)
                let emissions = generator.floats(tags * steps)
                let sorted = PathEnumeration(chain, emissions: emissions).paths
                    .filter { $0.score > -.infinity }.sorted { $0.score > $1.score }
                for count in [0, 1, 2, 7, 10_000] {
                    let found = chain.kBest(emissions: emissions, count: count)
                    #expect(found.count == min(count, sorted.count))
                    #expect(found.map(\.tags) == sorted.prefix(count).map(\.tags), "\(tags) tags, \(steps) steps")
                    #expect(zip(found, sorted).allSatisfy { abs($0.score - $1.score) < 1e-9 })
                }
            }
        }
    }

    @Test func equalPathsComeInAFixedOrderAndTheFirstIsTheDecodedOne() {
        let zeros = [Float](repeating: 0, count: 4)
        let chain = LinearChainCRF(
            tagCount: 2, transitions: zeros, startTransitions: [0, 0], endTransitions: [0, 0])
        let found = chain.kBest(emissions: [0, 0, 0, 0], count: 4)
        #expect(found.map(\.tags) == [[0, 0], [1, 0], [0, 1], [1, 1]])
        #expect(found[0].tags == chain.decode(emissions: [0, 0, 0, 0]))
    }

    @Test func pathsOfALongSequenceDifferAndDescend() {
        var generator = SeededGenerator(seed: 41)
        let chain = generator.chain(tagCount: 9, constrained: true)
        let emissions = generator.floats(9 * 500)
        let found = chain.kBest(emissions: emissions, count: 50)
        #expect(found.count == 50 && Set(found.map(\.tags)).count == 50)
        #expect(found[0].tags == chain.decode(emissions: emissions))
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.score >= $1.score })
        let first = chain.logLikelihood(emissions: emissions, tags: found[0].tags)
        let last = chain.logLikelihood(emissions: emissions, tags: found[49].tags)
        #expect(abs((first - last) - (found[0].score - found[49].score)) < 1e-9)
    }

    @Test func anEmptySequenceHasOnePath() {
        var generator = SeededGenerator(seed: 42)
        #expect(generator.chain(tagCount: 3).kBest(emissions: [], count: 3) == [ScoredPath(tags: [], score: 0)])
    }
}
