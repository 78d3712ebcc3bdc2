import Foundation

extension ChainLattice {
    /// The probability that a path of the sequence that was last run goes through a segment within it and does not go
    /// on with the segment's excluded tag.
    package func probability(of segment: TagSegment, _ chain: ChainFactors) -> Double {
        logSpace.map { probability(of: segment, chain, $0) } ?? scaledProbability(of: segment, chain)
    }

    private func scaledProbability(of segment: TagSegment, _ chain: ChainFactors) -> Double {
        let tags = segment.tags
        // The share of the paths up to the segment's end that run through it.
        var share = forward.numbers[segment.start * rowLength + tags[0]]
        for offset in 1..<tags.count {
            let step = segment.start + offset
            share *= chain.factor(tags[offset - 1], tags[offset])
            share *= factors.numbers[step * rowLength + tags[offset]] / scales.numbers[step]
        }
        let last = segment.start + tags.count - 1
        let row = forward.vectors + last * blocks
        if last + 1 == steps || segment.excludedNext == nil {
            // `marginals` is `forward · backward` over the sum of these products.
            return min(1, share * backward.numbers[last * rowLength + tags[tags.count - 1]] / sum(row, at: last))
        }
        // The other ways on are summed up, rather than the excluded one subtracted from all: no cancellation.
        var after = 0.0
        let nextRow = (last + 1) * rowLength
        for next in 0..<count where next != segment.excludedNext {
            after +=
                chain.factor(tags[tags.count - 1], next) * factors.numbers[nextRow + next]
                * backward.numbers[nextRow + next]
        }
        let all = sum(row + blocks, at: last + 1) * scales.numbers[last + 1]
        return min(1, share * after / all)
    }

    /// The sum of a forward row weighted by the step's backward row.
    private func sum(_ row: UnsafePointer<SIMD4<Double>>, at step: Int) -> Double {
        var sum = SIMD4<Double>.zero
        for block in 0..<blocks { sum += row[block] * backward.vectors[step * blocks + block] }
        return sum.sum()
    }

    private func probability(of segment: TagSegment, _ chain: ChainFactors, _ lattice: ForwardBackward) -> Double {
        let tags = segment.tags
        var score = lattice.forward[segment.start * count + tags[0]]
        for offset in 1..<tags.count {
            score += chain.scores[tags[offset - 1] * count + tags[offset]]
            score += scores[(segment.start + offset) * rowLength + tags[offset]]
        }
        let last = tags[tags.count - 1]
        let end = segment.start + tags.count
        if let excluded = segment.excludedNext, end < steps {
            score += logSumExp(
                (0..<count).lazy.filter { $0 != excluded }.map { next in
                    chain.scores[last * self.count + next] + self.scores[end * self.rowLength + next]
                        + lattice.backward[end * self.count + next]
                })
        } else {
            score += lattice.backward[(end - 1) * count + last]
        }
        return min(1, exp(score - lattice.logPartition))
    }
}
