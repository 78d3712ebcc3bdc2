/// The forward and backward log weights of one sequence of at least one step.
struct ForwardBackward {
    let steps: Int
    let matrix: TransitionMatrix
    /// L × K: the log weight of all paths up to a step that end in a tag, that step's emission included.
    private(set) var forward: [Double]
    /// L × K: the log weight of all paths after a step in a tag, that step's emission not included; empty if not asked
    /// for.
    private(set) var backward: [Double] = []
    /// The logarithm of the sum over all permitted paths.
    let logPartition: Double

    init(_ chain: LinearChainCRF, emissions: UnsafeBufferPointer<Float>, needsBackward: Bool) {
        let count = chain.tagCount
        let steps = emissions.count / count
        let matrix = chain.transitionMatrix
        var forward = [Double](repeating: 0, count: steps * count)
        forward.withUnsafeMutableBufferPointer { buffer in
            let base = buffer.baseAddress.unsafelyUnwrapped
            for tag in 0..<count { base[tag] = chain.startScore(tag) + Double(emissions[tag]) }
            for step in 1..<max(steps, 1) {
                let row = base + step * count
                matrix.propagate(row - count, into: row)
                for tag in 0..<count { row[tag] += Double(emissions[step * count + tag]) }
            }
        }
        let last = (steps - 1) * count
        let logPartition = logSumExp((0..<count).map { forward[last + $0] + chain.endScore($0) })
        precondition(
            logPartition != -.infinity || !emissions.allSatisfy(\.isFinite), "the constraints permit no path")
        self.steps = steps
        self.matrix = matrix
        self.forward = forward
        self.logPartition = logPartition
        guard needsBackward else { return }

        let transposed = matrix.transposed
        var scratch = [Double](repeating: 0, count: count)
        backward = [Double](repeating: 0, count: steps * count)
        backward.withUnsafeMutableBufferPointer { buffer in
            let base = buffer.baseAddress.unsafelyUnwrapped
            for tag in 0..<count { base[last + tag] = chain.endScore(tag) }
            for step in stride(from: steps - 2, through: 0, by: -1) {
                let next = base + (step + 1) * count
                for tag in 0..<count { scratch[tag] = next[tag] + Double(emissions[(step + 1) * count + tag]) }
                transposed.propagate(scratch, into: base + step * count)
            }
        }
    }
}
