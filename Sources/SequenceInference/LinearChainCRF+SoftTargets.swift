extension LinearChainCRF {
    /// Adds `weight` times the gradient of the expected log likelihood under soft targets, and returns that expectation
    /// (without the weight): the negative cross entropy between the targets' paths and the chain's.
    ///
    /// The value is the targets' counts times the scores they belong to, minus the log partition; the gradient is the
    /// targets' counts minus the expected ones. Targets that are certain give
    /// ``addLogLikelihoodGradient(emissions:tags:weight:emissionsGradient:gradient:)``. Targets that count something the
    /// constraints forbid return minus infinity and add nothing.
    ///
    /// - Parameters:
    ///   - emissions: L × K, one sequence of a packed batch.
    ///   - targets: of as many steps and tags.
    ///   - emissionsGradient: L × K; added to.
    ///   - gradient: the transitions' part is added to; its `emissions` are not touched.
    public func addSoftLogLikelihoodGradient(
        emissions: UnsafeBufferPointer<Float>, targets: SoftTargets, weight: Float,
        emissionsGradient: UnsafeMutableBufferPointer<Float>, gradient: inout Gradient
    ) -> Double {
        let steps = stepCount(of: emissions)
        precondition(
            targets.tags.count == emissions.count && targets.transitions.count == tagCount * tagCount
                && emissionsGradient.count == emissions.count, "one row of targets and one of the gradient a step")
        guard steps > 0 else { return 0 }
        let chain = factors
        let score =
            Self.product(targets.tags) { Double(emissions[$0]) }
            + Self.product(targets.transitions) { chain.scores[$0] }
            + Self.product(targets.start) { chain.startScores[$0] } + Self.product(targets.end) { chain.endScores[$0] }
        guard score != -.infinity else { return score }
        let lattice = lattice(of: emissions, chain)
        addExpected(lattice, chain, weight: -weight, emissionsGradient: emissionsGradient, gradient: &gradient)
        for index in emissions.indices { emissionsGradient[index] += weight * Float(targets.tags[index]) }
        for index in targets.transitions.indices {
            gradient.transitions[index] += weight * Float(targets.transitions[index])
        }
        for tag in 0..<tagCount {
            gradient.startTransitions[tag] += weight * Float(targets.start[tag])
            gradient.endTransitions[tag] += weight * Float(targets.end[tag])
        }
        return score - lattice.logPartition
    }

    /// Adds the gradient of the expected log likelihood under soft targets to `gradient` and returns that expectation.
    ///
    /// - Parameter emissionsOffset: where the sequence's rows begin in `gradient.emissions`, in floats.
    public func softLogLikelihoodAndGradient(
        emissions: [Float], targets: SoftTargets, into gradient: inout Gradient, emissionsOffset: Int = 0
    ) -> Double {
        withRows(of: emissions, in: &gradient, at: emissionsOffset) { emissions, rows, gradient in
            addSoftLogLikelihoodGradient(
                emissions: emissions, targets: targets, weight: 1, emissionsGradient: rows, gradient: &gradient)
        }
    }

    /// Counts times scores; what is not counted may have a score of minus infinity.
    private static func product(_ counts: [Double], _ score: (Int) -> Double) -> Double {
        var sum = 0.0
        for (index, count) in counts.enumerated() where count != 0 { sum += count * score(index) }
        return sum
    }
}
