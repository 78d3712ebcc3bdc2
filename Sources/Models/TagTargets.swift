import SequenceInference

/// What a chain should say of words.
public enum TagTargets: Hashable, Sendable {
    /// One tag a word.
    case tags([Int])
    /// The tags that each word may have, as sets of bits: words × ``LinearChainCRF/wordsPerTagSet(tagCount:)``.
    case permitted([UInt64])
    /// The probability of each tag at each word, words × tags.
    case probabilities([Float])

    /// The targets of some of the words, in a chain of `tagCount` tags.
    public func part(_ words: Range<Int>, tagCount: Int) -> TagTargets {
        switch self {
        case .tags(let tags): return .tags(Array(tags[words]))
        case .permitted(let sets):
            let width = LinearChainCRF.wordsPerTagSet(tagCount: tagCount)
            return .permitted(Array(sets[words.lowerBound * width..<words.upperBound * width]))
        case .probabilities(let rows):
            return .probabilities(Array(rows[words.lowerBound * tagCount..<words.upperBound * tagCount]))
        }
    }

    /// Adds `weight` times the gradient of the loss to `emissionsGradient` and `gradient`; returns `weight` times the
    /// loss: the negative log likelihood of the tags, or of keeping to the permitted ones, or the cross entropy.
    func addGradient(
        of chain: LinearChainCRF, emissions: [Float], weight: Float, emissionsGradient: inout [Float],
        gradient: inout LinearChainCRF.Gradient
    ) -> Double {
        let logLikelihood = emissions.withUnsafeBufferPointer { emissions in
            emissionsGradient.withUnsafeMutableBufferPointer { rows in
                switch self {
                case .tags(let tags):
                    chain.addLogLikelihoodGradient(
                        emissions: emissions, tags: tags, weight: -weight, emissionsGradient: rows,
                        gradient: &gradient)
                case .permitted(let sets):
                    chain.addPartialLogLikelihoodGradient(
                        emissions: emissions, allowed: sets, weight: -weight, emissionsGradient: rows,
                        gradient: &gradient)
                case .probabilities(let probabilities):
                    chain.addSoftLogLikelihoodGradient(
                        emissions: emissions,
                        targets: SoftTargets(
                            independent: probabilities, tagCount: chain.tagCount, constraints: chain.constraints),
                        weight: -weight, emissionsGradient: rows, gradient: &gradient)
                }
            }
        }
        return -Double(weight) * logLikelihood
    }
}
