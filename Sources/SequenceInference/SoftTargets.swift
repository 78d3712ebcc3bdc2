/// What is expected of a path of one sequence according to somebody else, such as a label model or a teacher.
public struct SoftTargets: Sendable {
    /// The probability of each tag at each step, L × K; every row sums to one.
    public var tags: [Double]
    /// How often each transition is expected in the whole sequence, K × K, row = from; sums to L − 1.
    public var transitions: [Double]
    /// The probability of each tag at the start, K.
    public var start: [Double]
    /// The probability of each tag at the end, K.
    public var end: [Double]

    /// The expectations of another chain of as many tags, the teacher: then the target is a distribution over paths.
    public init(_ expectations: LinearChainCRF.Expectations) {
        var count = 1
        while count * count < expectations.transitions.count { count += 1 }
        tags = expectations.tags
        transitions = expectations.transitions
        start = Array(tags.prefix(count))
        end = Array(tags.suffix(count))
    }

    /// Probabilities of tags, L × K, as if steps were independent of each other: a transition is expected as often as
    /// the product of the probabilities of its two tags says.
    ///
    /// With constraints, what they forbid gets nothing, and what they permit at the same place is scaled up to one;
    /// else the mass on forbidden transitions would make every score too high. Where nothing permitted has any
    /// probability, the permitted transitions share the place equally.
    public init(independent tags: [Float], tagCount: Int, constraints: TransitionConstraints? = nil) {
        precondition(tagCount > 0 && tags.count % tagCount == 0, "one row of tagCount probabilities a step")
        precondition(constraints.map { $0.start.count == tagCount } ?? true, "constraints of another number of tags")
        self.tags = tags.map(Double.init)
        transitions = [Double](repeating: 0, count: tagCount * tagCount)
        start = [Double](repeating: 0, count: tagCount)
        end = start
        let steps = tags.count / tagCount
        guard steps > 0 else { return }
        let rows = self.tags
        Self.add(rows[..<tagCount], permitted: constraints?.start, to: &start)
        Self.add(rows[(rows.count - tagCount)...], permitted: constraints?.end, to: &end)
        var pairs = transitions
        for step in 1..<max(steps, 1) {
            let row = step * tagCount
            for index in pairs.indices {
                pairs[index] = rows[row - tagCount + index / tagCount] * rows[row + index % tagCount]
            }
            Self.add(pairs[...], permitted: constraints?.transitions, to: &transitions)
        }
    }

    /// Adds shares of what is permitted, scaled up to a sum of one if something is not.
    private static func add(_ shares: ArraySlice<Double>, permitted: [Bool]?, to sums: inout [Double]) {
        let first = shares.startIndex
        guard let permitted, permitted.contains(false) else {
            for index in sums.indices { sums[index] += shares[first + index] }
            return
        }
        var total = 0.0
        for index in sums.indices where permitted[index] { total += shares[first + index] }
        let places = Double(permitted.count { $0 })
        for index in sums.indices where permitted[index] {
            sums[index] += total > 0 ? shares[first + index] / total : 1 / places
        }
    }
}
