import Foundation

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
        let lattice = ForwardBackward(self, emissions: emissions, needsBackward: true)

        for index in 0..<emissions.count {
            let probability = exp(lattice.forward[index] + lattice.backward[index] - lattice.logPartition)
            emissionsGradient[index] -= weight * Float(probability)
            if index < tagCount { gradient.startTransitions[index] -= weight * Float(probability) }
            let fromEnd = index - (steps - 1) * tagCount
            if fromEnd >= 0 { gradient.endTransitions[fromEnd] -= weight * Float(probability) }
        }
        let expected = expectedTransitions(in: lattice, emissions: emissions)
        for index in expected.indices { gradient.transitions[index] -= weight * Float(expected[index]) }

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
        return score - lattice.logPartition
    }

    /// Adds the gradient of one sequence's log likelihood to `gradient` and returns the log likelihood.
    ///
    /// - Parameter emissionsOffset: where the sequence's rows begin in `gradient.emissions`, in floats.
    public func logLikelihoodAndGradient(
        emissions: [Float], tags: [Int], into gradient: inout Gradient, emissionsOffset: Int = 0
    ) -> Double {
        // Taken out so that the transitions can be written while the emissions are borrowed.
        var rows = gradient.emissions
        gradient.emissions = []
        defer { gradient.emissions = rows }
        return rows.withUnsafeMutableBufferPointer { rows in
            let part = UnsafeMutableBufferPointer(rebasing: rows[emissionsOffset..<emissionsOffset + emissions.count])
            return emissions.withUnsafeBufferPointer {
                addLogLikelihoodGradient(
                    emissions: $0, tags: tags, weight: 1, emissionsGradient: part, gradient: &gradient)
            }
        }
    }

    /// How often each transition is expected on a path, K × K.
    func expectedTransitions(in lattice: ForwardBackward, emissions: UnsafeBufferPointer<Float>) -> [Double] {
        let matrix = lattice.matrix
        let count = tagCount
        var products = [Double](repeating: 0, count: count * count)
        var exact = [Double](repeating: 0, count: count * count)
        var left = [Double](repeating: 0, count: count)
        var right = [Double](repeating: 0, count: count)
        for step in 0..<lattice.steps - 1 {
            let row = step * count
            for tag in 0..<count {
                left[tag] = lattice.forward[row + tag]
                right[tag] = lattice.backward[row + count + tag] + Double(emissions[row + count + tag])
            }
            let leftPeak = left.reduce(-.infinity, max)
            let rightPeak = right.reduce(-.infinity, max)
            let scale = leftPeak + rightPeak + matrix.shift - lattice.logPartition
            // The heaviest prefix and the heaviest suffix may not fit together; then the product of their weights
            // can exceed any probability by far, and what matters could underflow beside it.
            if scale < 300 {
                for tag in 0..<count {
                    left[tag] = exp(left[tag] - leftPeak + scale)
                    right[tag] = exp(right[tag] - rightPeak)
                }
                products.withUnsafeMutableBufferPointer { products in
                    for i in 0..<count where left[i] != 0 {
                        let weight = left[i]
                        for j in 0..<count { products[i * count + j] += weight * right[j] }
                    }
                }
            } else {
                for index in 0..<count * count {
                    exact[index] += exp(
                        left[index / count] + matrix.scores[index] + right[index % count] - lattice.logPartition)
                }
            }
        }
        return (0..<count * count).map { products[$0] * matrix.factors[$0] + exact[$0] }
    }
}
