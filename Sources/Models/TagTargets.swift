import SequenceInference

/// What a chain should say of a window's words.
public enum TagTargets: Hashable, Sendable {
    /// One tag a word.
    case tags([Int])

    /// The number of words, where a chain has `tagCount` tags.
    public func wordCount(tagCount: Int) -> Int {
        switch self {
        case .tags(let tags): tags.count
        }
    }

    /// Adds `weight` times the gradient of the loss to `emissionsGradient` and `gradient`; returns `weight` times the
    /// loss, the negative log likelihood.
    func addGradient(
        of chain: LinearChainCRF, emissions: [Float], weight: Float, emissionsGradient: inout [Float],
        gradient: inout LinearChainCRF.Gradient
    ) -> Double {
        switch self {
        case .tags(let tags):
            let logLikelihood = emissions.withUnsafeBufferPointer { emissions in
                emissionsGradient.withUnsafeMutableBufferPointer {
                    chain.addLogLikelihoodGradient(
                        emissions: emissions, tags: tags, weight: -weight, emissionsGradient: $0, gradient: &gradient)
                }
            }
            return -Double(weight) * logLikelihood
        }
    }
}
