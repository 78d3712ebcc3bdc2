/// Which weights there are and where they stand: first those of features, feature by feature and by tag within, then
/// those of transitions, then those of starting and of ending with a tag.
struct WeightLayout: Sendable {
    let tagCount: Int
    /// Where the weights of each feature begin, and where the last one's end.
    let rows: [Int]
    /// The tag of each feature's weight.
    let tags: [UInt16]
    /// The transitions that have a weight, as `from · tagCount + to`, ascending.
    let transitions: [Int]
    /// Whether starting and ending have weights.
    let hasEnds: Bool
    /// How often the training data have each, the gradient's constant part.
    private(set) var observed: [Double]

    var transitionStart: Int { tags.count }
    var endsStart: Int { tags.count + transitions.count }
    var count: Int { endsStart + (hasEnds ? 2 * tagCount : 0) }

    init(_ corpus: FeatureCorpus, _ settings: FeatureTrainingSettings) {
        let tagCount = corpus.scheme.count
        self.tagCount = tagCount
        hasEnds = settings.learnsEnds
        var counts = Self.featureCounts(corpus)
        if settings.allPossibleStates { for index in counts.indices where counts[index] == 0 { counts[index] = -1 } }
        var rows = [0]
        var tags: [UInt16] = []
        var observed: [Double] = []
        rows.reserveCapacity(corpus.featureCount + 1)
        for (index, count) in counts.enumerated() {
            if count != 0 {
                tags.append(UInt16(index % tagCount))
                observed.append(Double(max(count, 0)))
            }
            if index % tagCount == tagCount - 1 { rows.append(tags.count) }
        }
        self.rows = rows
        self.tags = tags
        let paths = PathCounts(corpus)
        transitions = paths.transitions.indices.filter {
            settings.allPossibleTransitions || paths.transitions[$0] > 0
        }
        observed += transitions.map { paths.transitions[$0] }
        if hasEnds { observed += paths.start + paths.end }
        self.observed = observed
    }

    /// How often each feature stands at each tag, features × tags.
    private static func featureCounts(_ corpus: FeatureCorpus) -> [Int32] {
        let tagCount = corpus.scheme.count
        var counts = [Int32](repeating: 0, count: corpus.featureCount * tagCount)
        var start = 0
        for (token, end) in corpus.tokenEnds.enumerated() {
            let tag = Int(corpus.tags[token])
            for feature in corpus.occurrences[start..<end] { counts[Int(feature) * tagCount + tag] += 1 }
            start = end
        }
        return counts
    }

    /// How often tags follow each other, start and end sentences.
    private struct PathCounts {
        var transitions: [Double]
        var start: [Double]
        var end: [Double]

        init(_ corpus: FeatureCorpus) {
            let count = corpus.scheme.count
            transitions = [Double](repeating: 0, count: count * count)
            start = [Double](repeating: 0, count: count)
            end = start
            var first = 0
            for last in corpus.sentenceEnds {
                let tags = corpus.tags[first..<last].map { Int($0) }
                start[tags[0]] += 1
                end[tags[tags.count - 1]] += 1
                for (tag, next) in zip(tags, tags.dropFirst()) { transitions[tag * count + next] += 1 }
                first = last
            }
        }
    }

    /// The scores of transitions, starts and ends under `weights`; what has no weight scores 0.
    func pathScores(_ weights: UnsafePointer<Double>) -> (transitions: [Double], start: [Double], end: [Double]) {
        var scores = [Double](repeating: 0, count: tagCount * tagCount)
        for (place, index) in transitions.enumerated() { scores[index] = weights[transitionStart + place] }
        func row(_ start: Int) -> [Double] { (0..<tagCount).map { hasEnds ? weights[start + $0] : 0 } }
        return (scores, row(endsStart), row(endsStart + tagCount))
    }
}
