extension LinearChainCRF {
    /// The `count` most probable paths with their scores, the best first; fewer if fewer are permitted.
    ///
    /// The first one is that of ``decode(emissions:)``; of equal paths those with the lower tags from the end backwards
    /// come first.
    ///
    /// Source: N. Seshadri and C.-E. Sundberg, "List Viterbi decoding algorithms", IEEE Trans. Communications 42 (1994),
    /// the parallel algorithm.
    public func kBest(emissions: [Float], count: Int) -> [ScoredPath] {
        emissions.withUnsafeBufferPointer { kBest(emissions: $0, count: count) }
    }

    /// The most probable paths of one sequence of a packed batch, L × K.
    public func kBest(emissions: UnsafeBufferPointer<Float>, count: Int) -> [ScoredPath] {
        precondition(count >= 0, "a number of paths")
        let steps = stepCount(of: emissions)
        guard count > 0 else { return [] }
        guard steps > 0 else { return [ScoredPath(tags: [], score: 0)] }
        let scores = transitionScores
        var ends = (0..<tagCount).map { tag in
            let score = startScore(tag) + Double(emissions[tag])
            return score > -.infinity ? [RankedEnd(score: score, tag: 0, rank: 0)] : []
        }
        var origins: [[[RankedEnd]]] = [ends]
        for step in 1..<max(steps, 1) {
            let previous = ends
            ends = (0..<tagCount).map { tag in
                let emission = Double(emissions[step * tagCount + tag])
                guard emission > -.infinity else { return [] }
                return RankedEnd.merged(previous, limit: count) { scores[$0 * tagCount + tag] }.map {
                    RankedEnd(score: $0.score + emission, tag: $0.tag, rank: $0.rank)
                }
            }
            origins.append(ends)
        }
        return RankedEnd.merged(ends, limit: count, adding: endScore).map { best in
            var path = [Int](repeating: 0, count: steps)
            var (tag, rank) = (best.tag, best.rank)
            for step in stride(from: steps - 1, through: 0, by: -1) {
                path[step] = tag
                let origin = origins[step][tag][rank]
                (tag, rank) = (origin.tag, origin.rank)
            }
            return ScoredPath(tags: path, score: best.score)
        }
    }
}
