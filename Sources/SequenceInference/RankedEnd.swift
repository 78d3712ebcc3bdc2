/// One of the best partial paths that end in a tag: its score, and which path to which tag it continues.
struct RankedEnd {
    var score: Double
    /// The tag before, and which of the best paths to that tag.
    var tag: Int
    var rank: Int

    /// The best continuations of paths to several tags, the best first; of equal ones that of the lower tag, then of the
    /// better path. Paths of minus infinity are not permitted and left out.
    ///
    /// - Parameters:
    ///   - ends: the paths to each tag, the best first.
    ///   - added: what going on from a tag costs.
    static func merged(_ ends: [[RankedEnd]], limit: Int, adding added: (Int) -> Double) -> [RankedEnd] {
        let steps = ends.indices.map(added)
        var heads = [Int](repeating: 0, count: ends.count)
        var result: [RankedEnd] = []
        while result.count < limit {
            var best: RankedEnd?
            for (tag, paths) in ends.enumerated() where heads[tag] < paths.count {
                let score = paths[heads[tag]].score + steps[tag]
                if score > best?.score ?? -.infinity { best = RankedEnd(score: score, tag: tag, rank: heads[tag]) }
            }
            guard let best else { break }
            heads[best.tag] += 1
            result.append(best)
        }
        return result
    }
}
