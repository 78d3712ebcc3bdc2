import Foundation

extension LinearChainCRF {
    /// The probability of each tag at each step, L × K; every row sums to one.
    public func marginals(emissions: [Float]) -> [Float] {
        emissions.withUnsafeBufferPointer { emissions in
            guard stepCount(of: emissions) > 0 else { return [] }
            let lattice = lattice(of: emissions, factors)
            return emissions.indices.map {
                Float(lattice.marginals[$0 / tagCount * lattice.rowLength + $0 % tagCount])
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
        let chain = factors
        let lattice = lattice(of: emissions, chain)
        return segments.map { lattice.probability(of: $0, chain) }
    }
}
