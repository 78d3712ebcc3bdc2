import Dispatch

extension LinearChainCRF {
    /// Sequences are dealt out to processors in pieces of at least so many steps.
    private static let stepsPerPiece = 512

    /// Adds the weighted gradients of the log likelihoods of a packed batch of sequences, on all processors, and returns
    /// the log likelihoods (without the weights), one a sequence.
    ///
    /// Each sequence is as in ``addLogLikelihoodGradient(emissions:tags:weight:emissionsGradient:gradient:)``. The result
    /// does not depend on the number of processors.
    ///
    /// - Parameters:
    ///   - emissions: the sequences' rows, one sequence after the other.
    ///   - tags: one a row.
    ///   - lengths: the steps of each sequence; their sum is the number of rows.
    ///   - weights: one a sequence.
    ///   - emissionsGradient: like the emissions; added to.
    ///   - gradient: the transitions' part is added to; its `emissions` are not touched.
    public func addLogLikelihoodGradients(
        emissions: UnsafeBufferPointer<Float>, tags: [Int], lengths: [Int], weights: [Float],
        emissionsGradient: UnsafeMutableBufferPointer<Float>, gradient: inout Gradient
    ) -> [Double] {
        precondition(
            tags.count == stepCount(of: emissions) && lengths.reduce(0, +) == tags.count
                && weights.count == lengths.count && emissionsGradient.count == emissions.count,
            "one tag and one row a step, one weight a sequence")
        let sequences = zip(lengths, weights).reduce(into: (all: [PackedSequence](), end: 0)) { packed, next in
            packed.all.append(PackedSequence(steps: packed.end..<packed.end + next.0, weight: next.1))
            packed.end += next.0
        }.all
        let pieces = Self.pieces(of: sequences)
        let chain = factors
        var results = [PieceGradient](repeating: PieceGradient(), count: pieces.count)
        results.withUnsafeMutableBufferPointer { results in
            // Each piece writes its own result and the rows of its own sequences.
            nonisolated(unsafe) let results = results
            nonisolated(unsafe) let emissions = emissions
            nonisolated(unsafe) let emissionsGradient = emissionsGradient
            DispatchQueue.concurrentPerform(iterations: pieces.count) { place in
                results[place] = pieceGradient(
                    of: sequences[pieces[place]], chain, emissions: emissions, tags: tags, into: emissionsGradient)
            }
        }
        for result in results { gradient.add(result) }
        return results.flatMap(\.logLikelihoods)
    }

    private func pieceGradient(
        of sequences: ArraySlice<PackedSequence>, _ chain: ChainFactors, emissions: UnsafeBufferPointer<Float>,
        tags: [Int], into emissionsGradient: UnsafeMutableBufferPointer<Float>
    ) -> PieceGradient {
        let lattice = ChainLattice(tagCount: tagCount)
        var result = PieceGradient()
        var observed = Gradient(zerosForSteps: 0, tagCount: tagCount)
        for sequence in sequences {
            let floats = sequence.steps.lowerBound * tagCount..<sequence.steps.upperBound * tagCount
            let own = UnsafeBufferPointer(rebasing: emissions[floats])
            let tags = tags[sequence.steps]
            let score = pathScore(emissions: own, tags: tags)
            guard score != -.infinity, !sequence.steps.isEmpty else {
                result.logLikelihoods.append(score)
                continue
            }
            lattice.load(own)
            lattice.run(chain, weight: -Double(sequence.weight))
            requirePath(lattice, emissions: own)
            let rows = UnsafeMutableBufferPointer(rebasing: emissionsGradient[floats])
            addExpectedTags(lattice, weight: -sequence.weight, emissionsGradient: rows, gradient: &observed)
            addObserved(tags, weight: sequence.weight, emissionsGradient: rows, gradient: &observed)
            result.logLikelihoods.append(score - lattice.logPartition)
        }
        result.expectedTransitions = lattice.takeTransitions(chain)
        result.observed = observed
        return result
    }

    private static func pieces(of sequences: [PackedSequence]) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var first = 0
        for (place, sequence) in sequences.enumerated() {
            let steps = sequence.steps.upperBound - sequences[first].steps.lowerBound
            guard steps >= stepsPerPiece || place == sequences.count - 1 else { continue }
            pieces.append(first..<place + 1)
            first = place + 1
        }
        return pieces
    }
}

/// Where a sequence of a packed batch stands, and how much it counts.
private struct PackedSequence: Sendable {
    var steps: Range<Int>
    var weight: Float
}

/// What some sequences add to the gradient of the transitions.
private struct PieceGradient: Sendable {
    var logLikelihoods: [Double] = []
    /// Weighted and negative.
    var expectedTransitions: [Double] = []
    var observed = LinearChainCRF.Gradient(zerosForSteps: 0, tagCount: 0)
}

extension LinearChainCRF.Gradient {
    fileprivate mutating func add(_ piece: PieceGradient) {
        for index in transitions.indices {
            transitions[index] += Float(piece.expectedTransitions[index]) + piece.observed.transitions[index]
        }
        for tag in startTransitions.indices {
            startTransitions[tag] += piece.observed.startTransitions[tag]
            endTransitions[tag] += piece.observed.endTransitions[tag]
        }
    }
}
