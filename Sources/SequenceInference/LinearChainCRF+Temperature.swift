extension LinearChainCRF {
    /// The chain with all its scores multiplied by `factor`: with emissions multiplied likewise, the best path stays the
    /// same and probabilities are sharper or flatter.
    public func scaled(by factor: Float) -> LinearChainCRF {
        var chain = self
        chain.transitions = transitions.map { $0 * factor }
        chain.startTransitions = startTransitions.map { $0 * factor }
        chain.endTransitions = endTransitions.map { $0 * factor }
        return chain
    }
}
