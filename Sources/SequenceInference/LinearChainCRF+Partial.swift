extension LinearChainCRF {
    /// How many 64-bit words the set of allowed tags of one step takes: one for up to 64 tags.
    public static func wordsPerTagSet(tagCount: Int) -> Int { (tagCount + 63) / 64 }

    /// Adds `weight` times the gradient of the log probability that a path keeps to the allowed tags, and returns that
    /// log probability (without the weight): a chain learns from labels of which some are unknown or ambiguous.
    ///
    /// The gradient is what is expected of the paths that keep to the sets, minus what is expected of all. Where no
    /// permitted path keeps to the sets, minus infinity is returned and nothing added. Sets of one tag each give
    /// ``addLogLikelihoodGradient(emissions:tags:weight:emissionsGradient:gradient:)``, sets of all tags give 0.
    ///
    /// Source: Y. Tsuboi et al., "Training conditional random fields using incomplete annotations", COLING 2008.
    ///
    /// - Parameters:
    ///   - emissions: L × K, one sequence of a packed batch.
    ///   - allowed: which tags may stand at each step, L × ``wordsPerTagSet(tagCount:)``: tag k is bit k % 64 of a
    ///     step's word k / 64.
    ///   - emissionsGradient: L × K; added to.
    ///   - gradient: the transitions' part is added to; its `emissions` are not touched.
    public func addPartialLogLikelihoodGradient(
        emissions: UnsafeBufferPointer<Float>, allowed: some RandomAccessCollection<UInt64>, weight: Float,
        emissionsGradient: UnsafeMutableBufferPointer<Float>, gradient: inout Gradient
    ) -> Double {
        let steps = stepCount(of: emissions)
        precondition(
            allowed.count == steps * Self.wordsPerTagSet(tagCount: tagCount)
                && emissionsGradient.count == emissions.count, "one set of tags and one row a step")
        guard steps > 0 else { return 0 }
        let chain = factors
        let kept = ChainLattice(tagCount: tagCount)
        kept.load(emissions)
        kept.forbid(allExcept: allowed)
        kept.run(chain)
        guard kept.logPartition != -.infinity else { return emissions.contains(where: \.isNaN) ? .nan : -.infinity }
        let all = lattice(of: emissions, chain)
        addExpected(kept, chain, weight: weight, emissionsGradient: emissionsGradient, gradient: &gradient)
        addExpected(all, chain, weight: -weight, emissionsGradient: emissionsGradient, gradient: &gradient)
        let value = kept.logPartition - all.logPartition
        // Rounding may lift the probability over 1; what is not a number stays so.
        return value > 0 ? 0 : value
    }

    /// Adds the gradient of the log probability that a path keeps to the allowed tags to `gradient` and returns it.
    ///
    /// - Parameter emissionsOffset: where the sequence's rows begin in `gradient.emissions`, in floats.
    public func partialLogLikelihoodAndGradient(
        emissions: [Float], allowed: [UInt64], into gradient: inout Gradient, emissionsOffset: Int = 0
    ) -> Double {
        withRows(of: emissions, in: &gradient, at: emissionsOffset) { emissions, rows, gradient in
            addPartialLogLikelihoodGradient(
                emissions: emissions, allowed: allowed, weight: 1, emissionsGradient: rows, gradient: &gradient)
        }
    }
}

extension ChainLattice {
    /// Gives every tag outside its step's set the score of something impossible.
    func forbid(allExcept allowed: some RandomAccessCollection<UInt64>) {
        let words = LinearChainCRF.wordsPerTagSet(tagCount: count)
        for (place, set) in allowed.enumerated() {
            let row = scores + place / words * rowLength
            let first = place % words * 64
            for tag in first..<min(first + 64, count) where set >> UInt64(tag - first) & 1 == 0 {
                row[tag] = -.infinity
            }
        }
    }
}
