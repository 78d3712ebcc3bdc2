import SequenceInference
import Torch
import TorchNN

extension TaggerNetwork {
    /// The mean negative log likelihood a word of `tags` (one a word of the batch), for a network of one chain; its
    /// gradients are added up.
    ///
    /// - Parameters:
    ///   - weights: how much each sequence counts; all the same by default.
    ///   - words: what the sum over words is divided by, if not by the words of this batch; for gradients that are
    ///     added up over several batches.
    public func addGradients(
        of batch: PackedBatch, tags: [Int], weights: [Float]? = nil, words: Int? = nil, _ mode: ForwardMode
    ) -> Double {
        precondition(tags.count == batch.wordCount, "\(tags.count) tags for \(batch.wordCount) words")
        var word = 0
        let targets = batch.wordCounts.map { count in
            defer { word += count }
            return [TagTargets.tags(Array(tags[word..<word + count]))]
        }
        return addGradients(of: batch, targets: targets, weights: weights, words: words, mode)
    }

    /// The mean loss a word, summed over the chains, whose gradients are added up.
    ///
    /// - Parameters:
    ///   - targets: what each sequence should be tagged as, in each chain.
    ///   - weights: how much each sequence counts; all the same by default.
    ///   - words: what the sum over words is divided by, if not by the words of this batch.
    public func addGradients(
        of batch: PackedBatch, targets: [[TagTargets]], weights: [Float]? = nil, words: Int? = nil,
        _ mode: ForwardMode
    ) -> Double {
        precondition(targets.count == batch.wordCounts.count, "targets for each sequence")
        if batch.wordCount == 0 { return 0 }
        let divisor = Float(words ?? batch.wordCount)
        let emissions = emissions(batch, mode)
        let emissionsGradient = Tensor.zeros(emissions.shape)
        var loss = 0.0
        emissions.withFloats { scores in
            emissionsGradient.withMutableFloats { slopes in
                for (index, chain) in chains.enumerated() {
                    loss += addGradients(
                        of: chain, batch, scores: scores, targets: targets.map { $0[index] },
                        weights: (weights ?? [Float](repeating: 1, count: targets.count)).map { $0 / divisor },
                        slopes: slopes)
                }
            }
        }
        emissions.backward(gradient: emissionsGradient)
        return loss
    }

    /// The loss of one chain; adds its gradients by emissions [W, all columns] to `slopes`, and by what the chain has
    /// learned to the parameters'.
    private func addGradients(
        of chain: TagChain, _ batch: PackedBatch, scores: UnsafeBufferPointer<Float>, targets: [TagTargets],
        weights: [Float], slopes: UnsafeMutableBufferPointer<Float>
    ) -> Double {
        let (count, all) = (chain.scheme.count, chains.last?.columns.upperBound ?? 0)
        let ends = DocumentEnds(batch)
        var passes = ends.kinds.map { kind in
            (
                chain: chain.trained(startsDocument: kind.starts, endsDocument: kind.ends),
                gradient: LinearChainCRF.Gradient(zerosForSteps: 0, tagCount: count)
            )
        }
        var (loss, word) = (0.0, 0)
        for (sequence, length) in batch.wordCounts.enumerated() where length > 0 {
            let emissions = chain.emissions(in: scores, words: word..<word + length, columnCount: all)
            var rows = [Float](repeating: 0, count: emissions.count)
            let kind = ends.kindOfSequence[sequence]
            loss += targets[sequence].addGradient(
                of: passes[kind].chain, emissions: emissions, weight: weights[sequence], emissionsGradient: &rows,
                gradient: &passes[kind].gradient)
            for step in 0..<length {
                let first = (word + step) * all + chain.columns.lowerBound
                for tag in 0..<count { slopes[first + tag] = rows[step * count + tag] }
            }
            word += length
        }
        if let crf = chain.crf {
            for (kind, pass) in zip(ends.kinds, passes) {
                add(pass.gradient.transitions, to: crf.transitions)
                if kind.starts { add(pass.gradient.startTransitions, to: crf.startTransitions) }
                if kind.ends { add(pass.gradient.endTransitions, to: crf.endTransitions) }
            }
        }
        return loss
    }

    private func add(_ gradient: [Float], to parameter: Tensor) {
        guard parameter.requiresGradient else { return }
        let sum = parameter.grad ?? .zeros(parameter.shape)
        sum.withMutableFloats { values in
            for index in values.indices { values[index] += gradient[index] }
        }
        parameter.grad = sum
    }
}

/// Which of a document's ends the sequences of a batch touch: at most four kinds, in a fixed order.
private struct DocumentEnds {
    let kinds: [(starts: Bool, ends: Bool)] = [(true, true), (true, false), (false, true), (false, false)]
    let kindOfSequence: [Int]

    init(_ batch: PackedBatch) {
        kindOfSequence = zip(batch.startsDocument, batch.endsDocument).map { ($0 ? 0 : 2) + ($1 ? 0 : 1) }
    }
}
