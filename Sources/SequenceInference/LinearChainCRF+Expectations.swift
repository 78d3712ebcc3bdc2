extension LinearChainCRF {
    /// What is expected of a path of one sequence.
    public struct Expectations: Sendable {
        /// The probability of each tag at each step, L × K.
        public let tags: [Double]
        /// How often each transition is expected, K × K, row = from.
        public let transitions: [Double]
        /// The logarithm of the sum over all permitted paths: of a hidden Markov model's scores, its log likelihood.
        public let logPartition: Double
    }

    /// The expected counts of one sequence, as the E step of Baum and Welch needs them.
    ///
    /// Source: L. Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 77 (1989).
    public func expectations(emissions: [Float]) -> Expectations {
        emissions.withUnsafeBufferPointer { emissions in
            guard stepCount(of: emissions) > 0 else {
                return Expectations(
                    tags: [], transitions: [Double](repeating: 0, count: tagCount * tagCount), logPartition: 0)
            }
            let chain = factors
            let lattice = lattice(of: emissions, chain)
            return Expectations(
                tags: emissions.indices.map { lattice.marginals[$0 / tagCount * lattice.rowLength + $0 % tagCount] },
                transitions: lattice.takeTransitions(chain), logPartition: lattice.logPartition)
        }
    }
}
