/// Exact inference in a linear-chain conditional random field over K tags.
///
/// A sequence of L steps comes as emissions, L × K floats, row-major, one row a step. The score of a path is the sum
/// of its emissions, of the transitions between its neighbors, and of the start and end scores of its ends. Nothing
/// here knows what a step or a tag is. Emissions that are not numbers give results that are not numbers.
///
/// Source: J. Lafferty, A. McCallum, F. Pereira, "Conditional random fields", ICML 2001; forward–backward and Viterbi
/// as in L. Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 77 (1989).
public struct LinearChainCRF: Sendable {
    /// The number of tags, K.
    public var tagCount: Int
    /// Scores of one tag following another, K × K, row-major, row = from.
    public var transitions: [Float]
    /// Scores of starting with a tag, K.
    public var startTransitions: [Float]
    /// Scores of ending with a tag, K.
    public var endTransitions: [Float]
    /// What is permitted at all; everything when absent.
    public var constraints: TransitionConstraints?

    /// Makes a chain from its parameters.
    public init(
        tagCount: Int, transitions: [Float], startTransitions: [Float], endTransitions: [Float],
        constraints: TransitionConstraints? = nil
    ) {
        precondition(tagCount > 0, "a chain has at least one tag")
        precondition(transitions.count == tagCount * tagCount, "transitions must be tagCount × tagCount")
        precondition(
            startTransitions.count == tagCount && endTransitions.count == tagCount,
            "start and end transitions must have one score a tag")
        precondition(constraints.map { $0.start.count == tagCount } ?? true, "constraints of another number of tags")
        self.tagCount = tagCount
        self.transitions = transitions
        self.startTransitions = startTransitions
        self.endTransitions = endTransitions
        self.constraints = constraints
    }

    /// The logarithm of the probability of `tags`, one a step, given the emissions; minus infinity for a path that
    /// the constraints forbid.
    public func logLikelihood(emissions: [Float], tags: [Int]) -> Double {
        emissions.withUnsafeBufferPointer { emissions in
            let steps = stepCount(of: emissions)
            precondition(tags.count == steps, "one tag a step")
            guard steps > 0 else { return 0 }
            let score = pathScore(emissions: emissions, tags: tags)
            guard score != -.infinity else { return score }
            return score - lattice(of: emissions, factors).logPartition
        }
    }

    /// The steps that a buffer of emissions holds.
    func stepCount(of emissions: UnsafeBufferPointer<Float>) -> Int {
        precondition(emissions.count % tagCount == 0, "emissions must be steps × tagCount")
        return emissions.count / tagCount
    }

    /// The score of one path, not normalized.
    func pathScore(emissions: UnsafeBufferPointer<Float>, tags: some Collection<Int>) -> Double {
        var score = 0.0
        var previous: Int?
        for (step, tag) in tags.enumerated() {
            score += Double(emissions[step * tagCount + tag])
            score += previous.map { transitionScore($0, tag) } ?? startScore(tag)
            previous = tag
        }
        return score + (previous.map(endScore) ?? 0)
    }

    /// The score of a transition, minus infinity when it is not permitted.
    func transitionScore(_ tag: Int, _ next: Int) -> Double {
        let index = tag * tagCount + next
        return constraints?.transitions[index] == false ? -.infinity : Double(transitions[index])
    }

    /// The score of starting with a tag, minus infinity when it is not permitted.
    func startScore(_ tag: Int) -> Double {
        constraints?.start[tag] == false ? -.infinity : Double(startTransitions[tag])
    }

    /// The score of ending with a tag, minus infinity when it is not permitted.
    func endScore(_ tag: Int) -> Double {
        constraints?.end[tag] == false ? -.infinity : Double(endTransitions[tag])
    }

    /// All transition scores in double precision, K × K, with the constraints in them.
    var transitionScores: [Double] {
        (0..<tagCount * tagCount).map { transitionScore($0 / tagCount, $0 % tagCount) }
    }
}
