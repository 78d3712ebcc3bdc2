import ClinicalText
import Dispatch
import SequenceInference

/// The negative log likelihood of a corpus as a function of the weights, with its gradient.
///
/// Two passes, each over all processors: over sentences, which leaves behind the probability of each tag at each token;
/// and over features, each of which adds up what its tokens expect. So every number is computed in one place and in one
/// order, and results do not depend on the number of threads.
final class FeatureObjective: Objective {
    private typealias Row = SIMD4<Double>

    /// Sentences are dealt out in pieces of about so many tokens, features in pieces of so many occurrences.
    private static let tokensPerPiece = 2048
    private static let occurrencesPerPiece = 65_536

    /// Which weights there are.
    let layout: WeightLayout
    /// Whether more than one processor is used.
    var isParallel = true

    private let corpus: FeatureCorpus
    private let blocks: Int
    private let constraints: TransitionConstraints?
    /// The tokens of each feature, feature by feature, and where each feature's end.
    private let postings: [UInt32]
    private let postingEnds: [Int]
    private let sentencePieces: [Range<Int>]
    private let featurePieces: [Range<Int>]
    /// Weights of features, features × blocks, with zeros where there is no weight.
    private let rows: VectorMemory
    /// The probability of each tag at each token, tokens × blocks.
    private let expected: VectorMemory
    private let lattices: [ChainLattice]

    var dimension: Int { layout.count }

    init(_ corpus: FeatureCorpus, _ settings: FeatureTrainingSettings) {
        self.corpus = corpus
        let count = corpus.scheme.count
        layout = WeightLayout(corpus, settings)
        blocks = ChainFactors.blocks(of: count)
        constraints = settings.constrainsTraining ? TransitionConstraints(corpus.scheme) : nil
        (postings, postingEnds) = Self.postings(of: corpus)
        sentencePieces = Self.pieces(ends: corpus.sentenceEnds, size: Self.tokensPerPiece)
        featurePieces = Self.pieces(ends: postingEnds, size: Self.occurrencesPerPiece)
        rows = VectorMemory(vectors: corpus.featureCount * blocks)
        expected = VectorMemory(vectors: corpus.tokenCount * blocks)
        lattices = sentencePieces.map { _ in ChainLattice(tagCount: count) }
    }

    func evaluate(_ weights: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>) -> Double {
        let chain = chain(weights)
        nonisolated(unsafe) let weights = weights
        nonisolated(unsafe) let gradient = gradient
        forEach(featurePieces) { _, piece in self.spread(weights, piece) }
        var results = [PieceResult?](repeating: nil, count: sentencePieces.count)
        results.withUnsafeMutableBufferPointer { results in
            nonisolated(unsafe) let results = results
            forEach(sentencePieces) { place, piece in
                results[place] = self.pass(over: piece, chain, self.lattices[place])
            }
        }
        forEach(featurePieces) { _, piece in self.gather(gradient, piece) }
        return addPaths(results.compactMap { $0 }, weights, gradient)
    }

    /// What a piece of sentences leaves behind besides the tokens' probabilities.
    private struct PieceResult {
        var logPartition: Double
        var transitions: [Double]
        var start: [Double]
        var end: [Double]
    }

    private func chain(_ weights: UnsafePointer<Double>) -> ChainFactors {
        var (transitions, start, end) = layout.pathScores(weights)
        if let constraints {
            for index in transitions.indices where !constraints.transitions[index] { transitions[index] = -.infinity }
            for tag in start.indices where !constraints.start[tag] { start[tag] = -.infinity }
            for tag in end.indices where !constraints.end[tag] { end[tag] = -.infinity }
        }
        return ChainFactors(transitions: transitions, start: start, end: end)
    }

    /// Copies weights to where the passes over tokens read them, whole rows at a time.
    private func spread(_ weights: UnsafePointer<Double>, _ features: Range<Int>) {
        let numbers = rows.numbers
        let length = 4 * blocks
        for feature in features {
            for index in layout.rows[feature]..<layout.rows[feature + 1] {
                numbers[feature * length + Int(layout.tags[index])] = weights[index]
            }
        }
    }

    private func pass(over sentences: Range<Int>, _ chain: ChainFactors, _ lattice: ChainLattice) -> PieceResult {
        let count = layout.tagCount
        var result = PieceResult(
            logPartition: 0, transitions: [], start: [Double](repeating: 0, count: count),
            end: [Double](repeating: 0, count: count))
        for sentence in sentences {
            let first = sentence == 0 ? 0 : corpus.sentenceEnds[sentence - 1]
            let tokens = first..<corpus.sentenceEnds[sentence]
            lattice.resize(steps: tokens.count)
            score(tokens, into: lattice.scores)
            lattice.run(chain)
            result.logPartition += lattice.logPartition
            let length = lattice.rowLength
            (expected.numbers + first * length).update(from: lattice.marginals, count: tokens.count * length)
            let last = (tokens.count - 1) * length
            for tag in 0..<count {
                result.start[tag] += lattice.marginals[tag]
                result.end[tag] += lattice.marginals[last + tag]
            }
        }
        result.transitions = lattice.takeTransitions(chain)
        return result
    }

    /// The sums of the weights of each token's features.
    private func score(_ tokens: Range<Int>, into scores: UnsafeMutablePointer<Double>) {
        let output = UnsafeMutableRawPointer(scores).assumingMemoryBound(to: Row.self)
        let rows = rows.vectors
        let blocks = blocks
        corpus.occurrences.withUnsafeBufferPointer { occurrences in
            var start = tokens.lowerBound == 0 ? 0 : corpus.tokenEnds[tokens.lowerBound - 1]
            for (step, token) in tokens.enumerated() {
                let end = corpus.tokenEnds[token]
                for block in 0..<blocks {
                    var sum = Row.zero
                    for place in start..<end { sum += rows[Int(occurrences[place]) * blocks + block] }
                    output[step * blocks + block] = sum
                }
                start = end
            }
        }
    }

    /// Expected less observed counts of the weights of features.
    private func gather(_ gradient: UnsafeMutablePointer<Double>, _ features: Range<Int>) {
        let expected = expected.vectors
        let blocks = blocks
        postings.withUnsafeBufferPointer { postings in
            var start = features.lowerBound == 0 ? 0 : postingEnds[features.lowerBound - 1]
            for feature in features {
                let end = postingEnds[feature]
                var index = layout.rows[feature]
                let last = layout.rows[feature + 1]
                for block in 0..<blocks where index < last && Int(layout.tags[index]) < 4 * block + 4 {
                    var sum = Row.zero
                    for place in start..<end { sum += expected[Int(postings[place]) * blocks + block] }
                    while index < last, Int(layout.tags[index]) < 4 * block + 4 {
                        gradient[index] = sum[Int(layout.tags[index]) - 4 * block] - layout.observed[index]
                        index += 1
                    }
                }
                start = end
            }
        }
    }

    /// The gradient of the other weights, and the loss.
    private func addPaths(
        _ results: [PieceResult], _ weights: UnsafePointer<Double>, _ gradient: UnsafeMutablePointer<Double>
    ) -> Double {
        let observed = layout.observed
        func add(_ start: Int, _ count: Int, _ value: (Int, PieceResult) -> Double) {
            for place in 0..<count {
                gradient[start + place] = results.reduce(-observed[start + place]) { $0 + value(place, $1) }
            }
        }
        add(layout.transitionStart, layout.transitions.count) { $1.transitions[self.layout.transitions[$0]] }
        if layout.hasEnds {
            add(layout.endsStart, layout.tagCount) { $1.start[$0] }
            add(layout.endsStart + layout.tagCount, layout.tagCount) { $1.end[$0] }
        }
        // The score of all labeled paths is linear in the weights.
        var labeled = 0.0
        for index in observed.indices { labeled += weights[index] * observed[index] }
        return results.reduce(0) { $0 + $1.logPartition } - labeled
    }

    private func forEach(_ pieces: [Range<Int>], _ body: (Int, Range<Int>) -> Void) {
        guard isParallel else {
            for (place, piece) in pieces.enumerated() { body(place, piece) }
            return
        }
        withoutActuallyEscaping(body) { body in
            nonisolated(unsafe) let body = body
            DispatchQueue.concurrentPerform(iterations: pieces.count) { body($0, pieces[$0]) }
        }
    }

    /// Ranges of neighbors of about `size` each; `ends` says how much there is up to each place.
    private static func pieces(ends: [Int], size: Int) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var first = 0
        for (place, end) in ends.enumerated() {
            let begin = first == 0 ? 0 : ends[first - 1]
            guard end - begin >= size || place == ends.count - 1 else { continue }
            pieces.append(first..<place + 1)
            first = place + 1
        }
        return pieces
    }

    private static func postings(of corpus: FeatureCorpus) -> ([UInt32], [Int]) {
        var ends = [Int](repeating: 0, count: corpus.featureCount)
        for feature in corpus.occurrences { ends[Int(feature)] += 1 }
        for feature in ends.indices.dropFirst() { ends[feature] += ends[feature - 1] }
        var next = [0] + ends.dropLast()
        var postings = [UInt32](repeating: 0, count: corpus.occurrences.count)
        var start = 0
        for (token, end) in corpus.tokenEnds.enumerated() {
            for feature in corpus.occurrences[start..<end] {
                postings[next[Int(feature)]] = UInt32(token)
                next[Int(feature)] += 1
            }
            start = end
        }
        return (postings, ends)
    }
}
