import Foundation

/// Transition scores prepared for passing log weights along a chain, K × K.
///
/// A step of the forward or backward recursion is `out[j] = log Σ_i exp(in[i] + score[i, j])`. Instead of K²
/// exponentials it takes K, one product of a vector with the matrix of `exp(score)`, and K logarithms. Where the
/// product has lost its leading term to underflow, that one entry is computed in log space.
struct TransitionMatrix {
    /// Below this a sum of factors may miss terms that matter; above, what underflowed is less than 1e-50 of it.
    private static let smallestTrustedSum = 1e-250

    let count: Int
    /// Minus infinity where a transition is not permitted; row = from.
    let scores: [Double]
    /// `exp(score - shift)`, so that the largest is one.
    let factors: [Double]
    /// The largest score.
    let shift: Double

    init(scores: [Double], count: Int) {
        self.count = count
        self.scores = scores
        let largest = scores.max() ?? 0
        let shift = largest.isFinite ? largest : 0
        self.shift = shift
        factors = scores.map { exp($0 - shift) }
    }

    /// The same transitions read from the other end.
    var transposed: TransitionMatrix {
        TransitionMatrix(
            scores: (0..<count * count).map { scores[$0 % count * count + $0 / count] }, count: count)
    }

    /// Passes log weights over one transition; `input` and `output` have `count` entries and do not overlap.
    func propagate(_ input: UnsafePointer<Double>, into output: UnsafeMutablePointer<Double>) {
        var peak = -Double.infinity
        for i in 0..<count where input[i] > peak { peak = input[i] }
        output.update(repeating: 0, count: count)
        factors.withUnsafeBufferPointer { factors in
            for i in 0..<count {
                let weight = peak == -.infinity ? 0 : exp(input[i] - peak)
                guard weight != 0 else { continue }
                let row = factors.baseAddress.unsafelyUnwrapped + i * count
                for j in 0..<count { output[j] += weight * row[j] }
            }
        }
        for j in 0..<count {
            if output[j] > Self.smallestTrustedSum {
                output[j] = log(output[j]) + peak + shift
            } else {
                output[j] = logSum(input, column: j)
            }
        }
    }

    /// One entry of the recursion in log space.
    private func logSum(_ input: UnsafePointer<Double>, column: Int) -> Double {
        var peak = -Double.infinity
        for i in 0..<count { peak = max(peak, input[i] + scores[i * count + column]) }
        guard peak > -.infinity else { return peak }
        var sum = 0.0
        for i in 0..<count { sum += exp(input[i] + scores[i * count + column] - peak) }
        return peak + log(sum)
    }
}

/// `log Σ exp(value)` without overflow; minus infinity for nothing.
func logSumExp(_ values: some Sequence<Double>) -> Double {
    var peak = -Double.infinity
    for value in values { peak = max(peak, value) }
    guard peak > -.infinity else { return peak }
    var sum = 0.0
    for value in values { sum += exp(value - peak) }
    return peak + log(sum)
}
