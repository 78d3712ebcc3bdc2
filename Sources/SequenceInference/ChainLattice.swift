import Foundation

/// The memory of forward and backward passes over one sequence after the other.
///
/// Weights are kept as numbers, not as logarithms, and scaled at every step: K exponentials and about 3 K² products a
/// step. What gets lost below the smallest double is less than 1e-300 beside the sum that its step is scaled by; where
/// such a sum is so small that the loss might matter, the sequence is computed again in log space. So results are exact
/// for every input, and only scores hundreds apart take the slow way.
///
/// Source: L. Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 77 (1989), section V.A.
package final class ChainLattice {
    /// What got lost beside a sum of this size is less than 1e-150 of it.
    static let smallestTrustedSum = 1e-150

    /// The number of tags, K.
    package let count: Int
    /// The length of a row of ``scores`` and ``marginals``: K rounded up to whole vectors of four.
    package let rowLength: Int
    /// The steps of the sequence, L.
    package private(set) var steps = 0
    /// After ``run(_:weight:)`` the logarithm of the sum over all permitted paths; minus infinity if there are none.
    package private(set) var logPartition = 0.0
    /// The log weights, if the last sequence had to be computed in log space.
    private(set) var logSpace: ForwardBackward?

    /// How many vectors a row takes.
    let blocks: Int
    private var capacity = 0
    private var emissions = VectorMemory(vectors: 0)
    private var probabilities = VectorMemory(vectors: 0)
    /// `exp(score − the step's largest)`, L × blocks.
    var factors = VectorMemory(vectors: 0)
    /// The share of all paths up to a step, its emission included, that end in a tag; rows add up to 1.
    var forward = VectorMemory(vectors: 0)
    /// The weight of all paths after a step in a tag, the step's largest being 1.
    var backward = VectorMemory(vectors: 0)
    /// By what a forward row was divided, L.
    var scales = VectorMemory(vectors: 0)
    /// By what a step's expected transitions are to be multiplied, L.
    var shares = VectorMemory(vectors: 0)
    /// Expected transitions over their factors, K × blocks, summed over sequences.
    let products: VectorMemory
    /// Expected transitions found in log space, K × K, summed over sequences.
    private var exact: [Double]?
    /// One row each.
    let next: VectorMemory
    let reached: VectorMemory

    /// Makes the memory for chains of so many tags.
    package init(tagCount: Int) {
        count = tagCount
        blocks = ChainFactors.blocks(of: tagCount)
        rowLength = 4 * blocks
        products = VectorMemory(vectors: tagCount * blocks)
        next = VectorMemory(vectors: blocks)
        reached = VectorMemory(vectors: blocks)
    }

    /// The scores of the emissions, L × rowLength, to be filled in after ``resize(steps:)``. What stands behind the K-th
    /// in a row is not read.
    package var scores: UnsafeMutablePointer<Double> { emissions.numbers }

    /// After ``run(_:weight:)`` the probability of each tag at each step, L × rowLength; zero behind the K-th in a row.
    package var marginals: UnsafeMutablePointer<Double> { probabilities.numbers }

    /// Makes room for a sequence of `steps` steps, at least one; its scores are then not defined.
    package func resize(steps: Int) {
        precondition(steps > 0, "a sequence has at least one step")
        self.steps = steps
        guard steps > capacity else { return }
        capacity = max(steps, 2 * capacity)
        emissions = VectorMemory(vectors: capacity * blocks)
        probabilities = VectorMemory(vectors: capacity * blocks)
        factors = VectorMemory(vectors: capacity * blocks)
        forward = VectorMemory(vectors: capacity * blocks)
        backward = VectorMemory(vectors: capacity * blocks)
        scales = VectorMemory(vectors: ChainFactors.blocks(of: capacity))
        shares = VectorMemory(vectors: ChainFactors.blocks(of: capacity))
    }

    /// Takes the emissions of a sequence, L × K.
    package func load(_ emissions: UnsafeBufferPointer<Float>) {
        resize(steps: emissions.count / count)
        for step in 0..<steps {
            let row = scores + step * rowLength
            for tag in 0..<count { row[tag] = Double(emissions[step * count + tag]) }
        }
    }

    /// Computes ``logPartition`` and ``marginals`` from ``scores``, and adds `weight` times the expected transitions to
    /// those of the sequences before; the factors must be the same until ``takeTransitions(_:)``.
    package func run(_ chain: ChainFactors, weight: Double = 1) {
        logSpace = nil
        if let sum = scaledForward(chain), scaledBackward(chain, sum: sum.ending, weight: weight) {
            logPartition = sum.logPartition
        } else {
            runInLogSpace(chain, weight: weight)
        }
    }

    /// The transitions expected in all sequences since this was last called, K × K, row = from.
    package func takeTransitions(_ chain: ChainFactors) -> [Double] {
        var result = exact ?? [Double](repeating: 0, count: count * count)
        for tag in 0..<count {
            for next in 0..<count {
                result[tag * count + next] += products.numbers[tag * rowLength + next] * chain.factor(tag, next)
            }
        }
        products.vectors.update(repeating: .zero, count: count * blocks)
        exact = nil
        return result
    }

    private func runInLogSpace(_ chain: ChainFactors, weight: Double) {
        let lattice = ForwardBackward(chain, scores: scores, rowLength: rowLength, steps: steps)
        logSpace = lattice
        logPartition = lattice.logPartition
        guard logPartition != -.infinity else { return }
        for step in 0..<steps {
            for tag in 0..<count {
                let index = step * count + tag
                marginals[step * rowLength + tag] = exp(
                    lattice.forward[index] + lattice.backward[index] - lattice.logPartition)
            }
        }
        var sums = exact ?? [Double](repeating: 0, count: count * count)
        lattice.addTransitions(to: &sums, scores: scores, rowLength: rowLength, weight: weight)
        exact = sums
    }
}
