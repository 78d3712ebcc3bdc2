import ClinicalText
import SequenceInference

/// What weak labels say of each token: how probable each label is, and of which tokens nobody spoke.
public struct TokenDistributions: Sendable {
    /// The labels: outside first, then the types, in the order of the probabilities.
    public var types: [String]
    /// tokens × (1 + types).
    public var probabilities: [Float]
    /// Whether nobody spoke of a token.
    public var isUnknown: [Bool]

    /// Makes distributions.
    public init(types: [String], probabilities: [Float], isUnknown: [Bool]) {
        precondition(probabilities.count == isUnknown.count * (1 + types.count), "a row a token")
        self.types = types
        self.probabilities = probabilities
        self.isUnknown = isUnknown
    }

    /// The number of tokens.
    public var count: Int { isUnknown.count }

    /// The probability of each tag of a scheme, tokens × tags; types that the scheme does not have count as outside.
    ///
    /// Of a type's probability as much goes on as the token before had, unless an entity begins here; the rest begins.
    ///
    /// - Parameter starts: the tokens where an entity begins.
    public func tags(_ scheme: TagScheme, starts: Set<Int>) -> [Float] {
        let (labels, tagCount) = (1 + types.count, scheme.count)
        var rows = [Float](repeating: 0, count: count * tagCount)
        let places = types.map { scheme.index(of: $0) }
        for token in 0..<count {
            let row = probabilities[token * labels..<(token + 1) * labels]
            var outside = row.first ?? 1
            for (label, place) in places.enumerated() {
                let probability = row[row.startIndex + 1 + label]
                guard let place else {
                    outside += probability
                    continue
                }
                let before = token == 0 || starts.contains(token) ? 0 : probabilities[(token - 1) * labels + 1 + label]
                let inside = min(probability, before)
                rows[token * tagCount + scheme.begin(place)] = probability - inside
                rows[token * tagCount + scheme.inside(place)] = inside
            }
            rows[token * tagCount + TagScheme.outside] = outside
        }
        return rows
    }

    /// The tags that each token may have, as bits: those of the labels that are at least as probable as `least`, those of
    /// the hard labels in any case, and all where nobody spoke and `unknownIsOutside` is false.
    ///
    /// - Parameter tags: the hard labels.
    public func permitted(_ scheme: TagScheme, tags: [Int], least: Float, unknownIsOutside: Bool) -> [UInt64] {
        let (labels, width) = (1 + types.count, LinearChainCRF.wordsPerTagSet(tagCount: scheme.count))
        var sets = [UInt64](repeating: 0, count: count * width)
        func permit(_ tag: Int, _ token: Int) { sets[token * width + tag / 64] |= 1 << UInt64(tag % 64) }
        for token in 0..<count {
            if isUnknown[token], !unknownIsOutside {
                for tag in 0..<scheme.count { permit(tag, token) }
                continue
            }
            permit(tags[token], token)
            if probabilities[token * labels] >= least { permit(TagScheme.outside, token) }
            for (label, type) in types.enumerated() where probabilities[token * labels + 1 + label] >= least {
                guard let place = scheme.index(of: type) else {
                    permit(TagScheme.outside, token)
                    continue
                }
                permit(scheme.begin(place), token)
                permit(scheme.inside(place), token)
            }
        }
        return sets
    }

    /// The mean over the tokens of the most probable label's probability.
    public func confidence(in tokens: Range<Int>) -> Float {
        let labels = 1 + types.count
        guard !tokens.isEmpty else { return 1 }
        let sum = tokens.reduce(Float(0)) { sum, token in
            sum + (probabilities[token * labels..<(token + 1) * labels].max() ?? 1)
        }
        return sum / Float(tokens.count)
    }
}
