extension LinearChainCRF {
    /// The most probable path, one tag a step, by Viterbi's algorithm; of equal paths the one with the lower tags
    /// from the end backwards.
    public func decode(emissions: [Float]) -> [Int] {
        emissions.withUnsafeBufferPointer { decode(emissions: $0) }
    }

    /// The most probable path of one sequence of a packed batch, L × K.
    public func decode(emissions: UnsafeBufferPointer<Float>) -> [Int] {
        let steps = stepCount(of: emissions)
        guard steps > 0 else { return [] }
        let count = tagCount
        let scores = transitionScores
        var best = (0..<count).map { startScore($0) + Double(emissions[$0]) }
        var next = [Double](repeating: 0, count: count)
        var origins = [Int32](repeating: 0, count: steps * count)
        for step in 1..<max(steps, 1) {
            let row = step * count
            for tag in 0..<count { next[tag] = -.infinity }
            for from in 0..<count where best[from] > -.infinity {
                let weight = best[from]
                for tag in 0..<count {
                    let score = weight + scores[from * count + tag]
                    if score > next[tag] {
                        next[tag] = score
                        origins[row + tag] = Int32(from)
                    }
                }
            }
            for tag in 0..<count { best[tag] = next[tag] + Double(emissions[row + tag]) }
        }

        var tag = 0
        var peak = -Double.infinity
        for candidate in 0..<count {
            let score = best[candidate] + endScore(candidate)
            if score > peak {
                peak = score
                tag = candidate
            }
        }
        precondition(peak > -.infinity || !emissions.allSatisfy(\.isFinite), "the constraints permit no path")
        var path = [Int](repeating: 0, count: steps)
        for step in stride(from: steps - 1, through: 0, by: -1) {
            path[step] = tag
            tag = Int(origins[step * count + tag])
        }
        return path
    }
}
