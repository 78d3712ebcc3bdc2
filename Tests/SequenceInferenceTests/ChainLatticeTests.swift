import Essentials
import Foundation
import Testing

@testable import SequenceInference

/// The scaled recursions against those in log space.
@Suite struct ChainLatticeTests {
    private func lattice(_ chain: LinearChainCRF, _ emissions: [Float]) -> ChainLattice {
        emissions.withUnsafeBufferPointer { chain.lattice(of: $0, chain.factors) }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 9, 17])
    func scaledPassesAgreeWithThoseInLogSpace(tagCount: Int) {
        var generator = SeededGenerator(seed: UInt64(tagCount))
        for constrained in [false, true] where !constrained || tagCount % 2 == 1 {
            let chain = generator.chain(tagCount: tagCount, constrained: constrained, spread: 8)
            let emissions = generator.floats(tagCount * 300, spread: 8)
            let scaled = lattice(chain, emissions)
            #expect(scaled.logSpace == nil)
            let factors = chain.factors
            let log = ForwardBackward(factors, scores: scaled.scores, rowLength: scaled.rowLength, steps: 300)
            #expect(abs(scaled.logPartition - log.logPartition) < 1e-9 * abs(log.logPartition))
            for step in 0..<300 {
                for tag in 0..<tagCount {
                    let index = step * tagCount + tag
                    let expected = Foundation.exp(log.forward[index] + log.backward[index] - log.logPartition)
                    #expect(abs(scaled.marginals[step * scaled.rowLength + tag] - expected) < 1e-9)
                }
            }
            var transitions = [Double](repeating: 0, count: tagCount * tagCount)
            log.addTransitions(to: &transitions, scores: scaled.scores, rowLength: scaled.rowLength, weight: 1)
            #expect(zip(scaled.takeTransitions(factors), transitions).allSatisfy { abs($0 - $1) < 1e-9 })
        }
    }

    @Test func scoresHundredsApartAreComputedInLogSpace() {
        let chain = LinearChainCRF(
            tagCount: 2, transitions: [0, 0, 0, 0], startTransitions: [0, 0], endTransitions: [0, 0],
            constraints: TransitionConstraints(
                transitions: [true, false, false, true], start: [true, true], end: [false, true]))
        let far = lattice(chain, [Float]((0..<8).flatMap { _ in [Float(100), -100] }))
        #expect(far.logSpace != nil)
        #expect((0..<8).allSatisfy { far.marginals[$0 * far.rowLength + 1] == 1 })
        let near = lattice(chain, [Float]((0..<8).flatMap { _ in [Float(10), -10] }))
        #expect(near.logSpace == nil)
        #expect((0..<8).allSatisfy { abs(near.marginals[$0 * near.rowLength + 1] - 1) < 1e-12 })
    }

    /// Memory that other sequences left behind must not show.
    @Test func sequencesOfOneLatticeDoNotDependOnEachOther() {
        var generator = SeededGenerator(seed: 77)
        let chain = generator.chain(tagCount: 5, constrained: true)
        let factors = chain.factors
        let shared = ChainLattice(tagCount: 5)
        var sum = [Double](repeating: 0, count: 25)
        for steps in [7, 200, 1, 30] {
            let emissions = generator.floats(5 * steps)
            let own = lattice(chain, emissions)
            emissions.withUnsafeBufferPointer { shared.load($0) }
            shared.run(factors, weight: 0.5)
            #expect(shared.logPartition == own.logPartition)
            #expect((0..<steps * 8).allSatisfy { shared.marginals[$0] == own.marginals[$0] })
            let transitions = own.takeTransitions(factors)
            for index in sum.indices { sum[index] += 0.5 * transitions[index] }
        }
        #expect(zip(shared.takeTransitions(factors), sum).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(shared.takeTransitions(factors).allSatisfy { $0 == 0 })
    }
}
