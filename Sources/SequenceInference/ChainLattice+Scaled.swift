import Foundation

extension ChainLattice {
    /// What a forward pass that lost nothing found.
    struct ForwardSum {
        /// The share of the paths that may end where they end, each with the factor of its end.
        var ending: Double
        /// The logarithm of the sum over all paths.
        var logPartition: Double
    }

    /// Fills in the forward rows; nothing if what was lost on the way might matter, or scores are not finite.
    func scaledForward(_ chain: ChainFactors) -> ForwardSum? {
        var logSum = chain.startShift + chain.endShift + Double(steps - 1) * chain.shift
        // Logarithms are taken of products of many scales.
        var product = 1.0
        for step in 0..<steps {
            let peak = exponentiate(step: step)
            guard peak.isFinite else { return nil }
            logSum += peak
            let scale = step == 0 ? startForward(chain) : advanceForward(chain, to: step)
            guard scale > Self.smallestTrustedSum else { return nil }
            scales.numbers[step] = scale
            product *= scale
            if !(1e-100...1e100).contains(product) {
                logSum += log(product)
                product = 1
            }
        }
        let last = forward.vectors + (steps - 1) * blocks
        let ending = chain.end.withUnsafeBufferPointer { dot(last, $0.baseAddress.unsafelyUnwrapped) }
        guard ending > Self.smallestTrustedSum else { return nil }
        return ForwardSum(ending: ending, logPartition: logSum + log(product) + log(ending))
    }

    /// Fills in the backward rows, the marginals and the expected transitions; false if what was lost might matter,
    /// and then no transitions were added.
    func scaledBackward(_ chain: ChainFactors, sum ending: Double, weight: Double) -> Bool {
        let last = (steps - 1) * blocks
        let probabilities = UnsafeMutableRawPointer(marginals).assumingMemoryBound(to: SIMD4<Double>.self)
        for block in 0..<blocks {
            backward.vectors[last + block] = chain.end[block]
            probabilities[last + block] =
                forward.vectors[last + block] * chain.end[block] * SIMD4(repeating: 1 / ending)
        }
        for step in stride(from: steps - 2, through: 0, by: -1) {
            let row = step * blocks
            let sum = retreat(chain, to: step)
            guard sum > Self.smallestTrustedSum else { return false }
            shares.numbers[step] = weight / sum
            var peak = SIMD4<Double>.zero
            for block in 0..<blocks {
                let value = reached.vectors[block]
                probabilities[row + block] =
                    forward.vectors[row + block] * value * SIMD4(repeating: 1 / sum)
                peak = peak.replacing(with: value, where: value .> peak)
            }
            let inverse = SIMD4(repeating: 1 / peak.max())
            for block in 0..<blocks { backward.vectors[row + block] = reached.vectors[block] * inverse }
        }
        addTransitions()
        return true
    }

    /// Fills in a step's factors and returns its largest score.
    private func exponentiate(step: Int) -> Double {
        let row = scores + step * rowLength
        let factor = factors.numbers + step * rowLength
        var peak = row[0]
        for tag in 1..<count where row[tag] > peak { peak = row[tag] }
        for tag in 0..<count { factor[tag] = exp(row[tag] - peak) }
        return peak
    }

    private func startForward(_ chain: ChainFactors) -> Double {
        for block in 0..<blocks { forward.vectors[block] = chain.start[block] * factors.vectors[block] }
        return normalize(forward.vectors)
    }

    private func advanceForward(_ chain: ChainFactors, to step: Int) -> Double {
        let row = forward.vectors + step * blocks
        let previous = forward.numbers + (step - 1) * rowLength
        chain.forward.withUnsafeBufferPointer { rows in
            multiply(previous, rows.baseAddress.unsafelyUnwrapped, into: row)
        }
        let factor = factors.vectors + step * blocks
        for block in 0..<blocks { row[block] *= factor[block] }
        return normalize(row)
    }

    /// Leaves in `reached` what follows the step in each tag, and returns its sum weighted by the step's forward row.
    private func retreat(_ chain: ChainFactors, to step: Int) -> Double {
        let row = (step + 1) * blocks
        for block in 0..<blocks { next.vectors[block] = factors.vectors[row + block] * backward.vectors[row + block] }
        chain.backward.withUnsafeBufferPointer { rows in
            multiply(next.numbers, rows.baseAddress.unsafelyUnwrapped, into: reached.vectors)
        }
        return dot(forward.vectors + step * blocks, reached.vectors)
    }

    /// Adds the outer product of each step's forward row and what follows it, over their sum.
    private func addTransitions() {
        for step in 0..<steps - 1 {
            let row = (step + 1) * blocks
            for block in 0..<blocks {
                next.vectors[block] = factors.vectors[row + block] * backward.vectors[row + block]
            }
            let left = forward.numbers + step * rowLength
            let share = shares.numbers[step]
            for tag in 0..<count {
                let factor = SIMD4(repeating: left[tag] * share)
                let sums = products.vectors + tag * blocks
                for block in 0..<blocks { sums[block] += factor * next.vectors[block] }
            }
        }
    }

    /// A row of K numbers times a matrix of K rows.
    @inline(__always)
    private func multiply(
        _ row: UnsafePointer<Double>, _ matrix: UnsafePointer<SIMD4<Double>>,
        into result: UnsafeMutablePointer<SIMD4<Double>>
    ) {
        for block in 0..<blocks {
            var sum = SIMD4<Double>.zero
            for tag in 0..<count { sum += SIMD4(repeating: row[tag]) * matrix[tag * blocks + block] }
            result[block] = sum
        }
    }

    @inline(__always)
    private func dot(_ left: UnsafePointer<SIMD4<Double>>, _ right: UnsafePointer<SIMD4<Double>>) -> Double {
        var sum = SIMD4<Double>.zero
        for block in 0..<blocks { sum += left[block] * right[block] }
        return sum.sum()
    }

    /// Divides a row by its sum, which it returns.
    @inline(__always)
    private func normalize(_ row: UnsafeMutablePointer<SIMD4<Double>>) -> Double {
        var sum = SIMD4<Double>.zero
        for block in 0..<blocks { sum += row[block] }
        let total = sum.sum()
        let inverse = SIMD4(repeating: 1 / total)
        for block in 0..<blocks { row[block] *= inverse }
        return total
    }
}
