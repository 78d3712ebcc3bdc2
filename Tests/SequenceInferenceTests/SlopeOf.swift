import SequenceInference

/// The obvious gradient: central differences of a function of a chain and its emissions in everything it depends on.
struct SlopeOf {
    let chain: LinearChainCRF
    let emissions: [Float]
    let value: (LinearChainCRF, [Float]) -> Double
    private let h: Float = 1 / 64

    init(_ chain: LinearChainCRF, _ emissions: [Float], _ value: @escaping (LinearChainCRF, [Float]) -> Double) {
        self.chain = chain
        self.emissions = emissions
        self.value = value
    }

    /// The largest difference between the numeric gradient and the given one.
    func largestDifference(from gradient: LinearChainCRF.Gradient) -> Double {
        let emissionSlopes = emissions.indices.map { index in slope { _, emissions, h in emissions[index] += h } }
        let differences =
            zip(gradient.emissions, emissionSlopes).map { abs(Double($0) - $1) }
            + differences(gradient.transitions, \.transitions)
            + differences(gradient.startTransitions, \.startTransitions)
            + differences(gradient.endTransitions, \.endTransitions)
        return differences.contains { $0.isNaN } ? .nan : differences.max() ?? 0
    }

    private func differences(_ found: [Float], _ part: WritableKeyPath<LinearChainCRF, [Float]>) -> [Double] {
        found.indices.map { index in
            abs(Double(found[index]) - slope { chain, _, h in chain[keyPath: part][index] += h })
        }
    }

    private func slope(_ change: (inout LinearChainCRF, inout [Float], Float) -> Void) -> Double {
        let values = [h, -h].map { step in
            var (chain, emissions) = (chain, emissions)
            change(&chain, &emissions, step)
            return value(chain, emissions)
        }
        return (values[0] - values[1]) / Double(2 * h)
    }
}
