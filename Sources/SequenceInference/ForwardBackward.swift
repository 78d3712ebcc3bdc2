import Foundation

/// The forward and backward log weights of one sequence of at least one step.
///
/// For scores that ``ChainLattice`` cannot scale without loss.
struct ForwardBackward {
    let count: Int
    let steps: Int
    let matrix: TransitionMatrix
    /// L × K: the log weight of all paths up to a step that end in a tag, that step's emission included.
    private(set) var forward: [Double]
    /// L × K: the log weight of all paths after a step in a tag, that step's emission not included.
    private(set) var backward: [Double]
    /// The logarithm of the sum over all permitted paths; minus infinity if there are none.
    let logPartition: Double

    /// Runs over `scores`, L rows of `rowLength` numbers, the first K of which are read.
    init(_ chain: ChainFactors, scores: UnsafePointer<Double>, rowLength: Int, steps: Int) {
        let count = chain.count
        self.count = count
        self.steps = steps
        let matrix = TransitionMatrix(scores: chain.scores, count: count)
        self.matrix = matrix
        var forward = [Double](repeating: 0, count: steps * count)
        forward.withUnsafeMutableBufferPointer { buffer in
            let base = buffer.baseAddress.unsafelyUnwrapped
            for tag in 0..<count { base[tag] = chain.startScores[tag] + scores[tag] }
            for step in 1..<max(steps, 1) {
                let row = base + step * count
                matrix.propagate(row - count, into: row)
                for tag in 0..<count { row[tag] += scores[step * rowLength + tag] }
            }
        }
        let last = (steps - 1) * count
        logPartition = logSumExp((0..<count).map { forward[last + $0] + chain.endScores[$0] })
        self.forward = forward

        let transposed = matrix.transposed
        var scratch = [Double](repeating: 0, count: count)
        backward = [Double](repeating: 0, count: steps * count)
        backward.withUnsafeMutableBufferPointer { buffer in
            let base = buffer.baseAddress.unsafelyUnwrapped
            for tag in 0..<count { base[last + tag] = chain.endScores[tag] }
            for step in stride(from: steps - 2, through: 0, by: -1) {
                let next = base + (step + 1) * count
                for tag in 0..<count { scratch[tag] = next[tag] + scores[(step + 1) * rowLength + tag] }
                transposed.propagate(scratch, into: base + step * count)
            }
        }
    }

    /// Adds `weight` times the number of times that each transition is expected, K × K.
    func addTransitions(
        to sums: inout [Double], scores: UnsafePointer<Double>, rowLength: Int, weight: Double
    ) {
        for step in 0..<steps - 1 {
            let row = step * count
            for index in 0..<count * count {
                let tag = index / count
                let next = index % count
                sums[index] +=
                    weight
                    * exp(
                        forward[row + tag] + matrix.scores[index] + backward[row + count + next]
                            + scores[(step + 1) * rowLength + next] - logPartition)
            }
        }
    }
}
