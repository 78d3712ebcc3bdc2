extension LinearChainCRF {
    /// The gradient of a log likelihood (or a weighted sum of them) in everything it depends on.
    public struct Gradient: Sendable {
        /// L × K, like the emissions.
        public var emissions: [Float]
        /// K × K, row = from; zero where a transition is not permitted.
        public var transitions: [Float]
        /// K.
        public var startTransitions: [Float]
        /// K.
        public var endTransitions: [Float]

        /// A gradient of zeros for `steps` steps in all; 0 if the emissions' gradient goes into a buffer elsewhere.
        public init(zerosForSteps steps: Int, tagCount: Int) {
            emissions = [Float](repeating: 0, count: steps * tagCount)
            transitions = [Float](repeating: 0, count: tagCount * tagCount)
            startTransitions = [Float](repeating: 0, count: tagCount)
            endTransitions = [Float](repeating: 0, count: tagCount)
        }
    }

    /// Adds `weight` times the gradient of one sequence's log likelihood, which is observed minus expected counts,
    /// and returns the log likelihood (without the weight).
    ///
    /// Training a mean loss over n sequences takes `weight: -1 / n` and the negative sum of what is returned. A path
    /// that the constraints forbid returns minus infinity and adds nothing.
    ///
    /// - Parameters:
    ///   - emissions: L × K, one sequence of a packed batch.
    ///   - tags: L.
    ///   - emissionsGradient: L × K; added to.
    ///   - gradient: the transitions' part is added to; its `emissions` are not touched.
    public func addLogLikelihoodGradient(
        emissions: UnsafeBufferPointer<Float>, tags: some RandomAccessCollection<Int>, weight: Float,
        emissionsGradient: UnsafeMutableBufferPointer<Float>, gradient: inout Gradient
    ) -> Double {
        let steps = stepCount(of: emissions)
        precondition(tags.count == steps && emissionsGradient.count == emissions.count, "one tag and one row a step")
        guard steps > 0 else { return 0 }
        let score = pathScore(emissions: emissions, tags: tags)
        guard score != -.infinity else { return score }
        let chain = factors
        let lattice = lattice(of: emissions, chain)
        addExpected(lattice, chain, weight: -weight, emissionsGradient: emissionsGradient, gradient: &gradient)
        addObserved(tags, weight: weight, emissionsGradient: emissionsGradient, gradient: &gradient)
        return score - lattice.logPartition
    }

    /// Adds the gradient of one sequence's log likelihood to `gradient` and returns the log likelihood.
    ///
    /// - Parameter emissionsOffset: where the sequence's rows begin in `gradient.emissions`, in floats.
    public func logLikelihoodAndGradient(
        emissions: [Float], tags: [Int], into gradient: inout Gradient, emissionsOffset: Int = 0
    ) -> Double {
        withRows(of: emissions, in: &gradient, at: emissionsOffset) { emissions, rows, gradient in
            addLogLikelihoodGradient(
                emissions: emissions, tags: tags, weight: 1, emissionsGradient: rows, gradient: &gradient)
        }
    }

    /// Lends out a sequence's emissions and its rows in a gradient whose other parts can be written meanwhile.
    func withRows(
        of emissions: [Float], in gradient: inout Gradient, at offset: Int,
        _ body: (UnsafeBufferPointer<Float>, UnsafeMutableBufferPointer<Float>, inout Gradient) -> Double
    ) -> Double {
        var rows = gradient.emissions
        gradient.emissions = []
        defer { gradient.emissions = rows }
        return rows.withUnsafeMutableBufferPointer { rows in
            let part = UnsafeMutableBufferPointer(rebasing: rows[offset..<offset + emissions.count])
            return emissions.withUnsafeBufferPointer { body($0, part, &gradient) }
        }
    }

    /// Adds `weight` times what a lattice that just ran, with weight 1 and nothing before, expects.
    func addExpected(
        _ lattice: ChainLattice, _ chain: ChainFactors, weight: Float,
        emissionsGradient: UnsafeMutableBufferPointer<Float>, gradient: inout Gradient
    ) {
        addExpectedTags(lattice, weight: weight, emissionsGradient: emissionsGradient, gradient: &gradient)
        let expected = lattice.takeTransitions(chain)
        for index in expected.indices { gradient.transitions[index] += weight * Float(expected[index]) }
    }

    /// The part of it that is not the transitions'.
    func addExpectedTags(
        _ lattice: ChainLattice, weight: Float, emissionsGradient: UnsafeMutableBufferPointer<Float>,
        gradient: inout Gradient
    ) {
        let marginals = lattice.marginals
        for step in 0..<lattice.steps {
            for tag in 0..<tagCount {
                emissionsGradient[step * tagCount + tag] += weight * Float(marginals[step * lattice.rowLength + tag])
            }
        }
        let last = (lattice.steps - 1) * lattice.rowLength
        for tag in 0..<tagCount {
            gradient.startTransitions[tag] += weight * Float(marginals[tag])
            gradient.endTransitions[tag] += weight * Float(marginals[last + tag])
        }
    }

    /// Adds `weight` times the counts of a path.
    func addObserved(
        _ tags: some RandomAccessCollection<Int>, weight: Float,
        emissionsGradient: UnsafeMutableBufferPointer<Float>, gradient: inout Gradient
    ) {
        var previous: Int?
        for (step, tag) in tags.enumerated() {
            emissionsGradient[step * tagCount + tag] += weight
            if let previous {
                gradient.transitions[previous * tagCount + tag] += weight
            } else {
                gradient.startTransitions[tag] += weight
            }
            previous = tag
        }
        if let previous { gradient.endTransitions[previous] += weight }
    }

    /// Stops the program if the constraints leave no path; emissions that are not numbers leave none either.
    func requirePath(_ lattice: ChainLattice, emissions: UnsafeBufferPointer<Float>) {
        precondition(
            lattice.logPartition != -.infinity || !emissions.allSatisfy(\.isFinite), "the constraints permit no path")
    }

    /// A lattice that ran over a sequence of at least one step.
    func lattice(of emissions: UnsafeBufferPointer<Float>, _ chain: ChainFactors) -> ChainLattice {
        let lattice = ChainLattice(tagCount: tagCount)
        lattice.load(emissions)
        lattice.run(chain)
        requirePath(lattice, emissions: emissions)
        return lattice
    }
}
