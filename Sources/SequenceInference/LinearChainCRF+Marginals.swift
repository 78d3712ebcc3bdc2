import Foundation

extension LinearChainCRF {
    /// The probability of each tag at each step, L × K; every row sums to one.
    public func marginals(emissions: [Float]) -> [Float] {
        emissions.withUnsafeBufferPointer { emissions in
            guard stepCount(of: emissions) > 0 else { return [] }
            let lattice = ForwardBackward(self, emissions: emissions, needsBackward: true)
            return emissions.indices.map {
                Float(exp(lattice.forward[$0] + lattice.backward[$0] - lattice.logPartition))
            }
        }
    }

    /// The probability that a path runs through each segment and does not go on with its excluded tag.
    ///
    /// With the tags of an entity and `I-X` excluded this is the probability of the whole entity, span and type.
    public func segmentProbabilities(emissions: [Float], segments: [TagSegment]) -> [Double] {
        emissions.withUnsafeBufferPointer { segmentProbabilities(emissions: $0, segments: segments) }
    }

    /// The probabilities of segments in one sequence of a packed batch, L × K.
    public func segmentProbabilities(emissions: UnsafeBufferPointer<Float>, segments: [TagSegment]) -> [Double] {
        guard !segments.isEmpty else { return [] }
        let steps = stepCount(of: emissions)
        precondition(
            segments.allSatisfy { $0.start >= 0 && $0.start + $0.tags.count <= steps }, "a segment beyond the sequence")
        let lattice = ForwardBackward(self, emissions: emissions, needsBackward: true)
        return segments.map { segment in
            var score = lattice.forward[segment.start * tagCount + segment.tags[0]]
            for offset in 1..<segment.tags.count {
                score += transitionScore(segment.tags[offset - 1], segment.tags[offset])
                score += Double(emissions[(segment.start + offset) * tagCount + segment.tags[offset]])
            }
            let last = segment.tags[segment.tags.count - 1]
            let end = segment.start + segment.tags.count
            if let excluded = segment.excludedNext, end < steps {
                // The other ways on are summed up, rather than the excluded one subtracted from all: no cancellation.
                score += logSumExp(
                    (0..<tagCount).lazy.filter { $0 != excluded }.map { next in
                        transitionScore(last, next) + Double(emissions[end * tagCount + next])
                            + lattice.backward[end * tagCount + next]
                    })
            } else {
                score += lattice.backward[(end - 1) * tagCount + last]
            }
            return min(1, exp(score - lattice.logPartition))
        }
    }
}
