import Foundation

/// A chain's scores as factors, laid out for recursions over whole vectors of four.
///
/// A factor is `exp(score − shift)`, so that the largest one is 1; what is not permitted is 0.
package struct ChainFactors: Sendable {
    /// The number of tags, K.
    package let count: Int
    /// How many vectors of four a row of K numbers takes; the places after the last tag hold zeros.
    package let blocks: Int
    /// K × K, minus infinity where a transition is not permitted; row = from.
    package let scores: [Double]
    /// K each.
    let startScores: [Double]
    let endScores: [Double]
    /// The factors of `scores`, K × blocks: row = from.
    let forward: [SIMD4<Double>]
    /// The same read from the other end: row = to.
    let backward: [SIMD4<Double>]
    /// One row each.
    let start: [SIMD4<Double>]
    let end: [SIMD4<Double>]
    /// What was taken off the scores.
    let shift: Double
    let startShift: Double
    let endShift: Double

    /// Prepares scores of transitions, K × K, row = from, and of starting and ending; minus infinity forbids.
    package init(transitions: [Double], start: [Double], end: [Double]) {
        let count = start.count
        precondition(transitions.count == count * count && end.count == count, "the tables must fit together")
        self.count = count
        blocks = Self.blocks(of: count)
        scores = transitions
        startScores = start
        endScores = end
        shift = Self.shift(of: transitions)
        startShift = Self.shift(of: start)
        endShift = Self.shift(of: end)
        let factors = transitions.map { [shift] in exp($0 - shift) }
        forward = Self.rows(count: count, rows: count) { factors[$0 * count + $1] }
        backward = Self.rows(count: count, rows: count) { factors[$1 * count + $0] }
        self.start = Self.rows(count: count, rows: 1) { [startShift] in exp(start[$1] - startShift) }
        self.end = Self.rows(count: count, rows: 1) { [endShift] in exp(end[$1] - endShift) }
    }

    /// How many vectors of four a row of so many numbers takes.
    package static func blocks(of count: Int) -> Int { (count + 3) / 4 }

    /// The factor of a transition.
    func factor(_ tag: Int, _ next: Int) -> Double { forward[tag * blocks + next / 4][next % 4] }

    private static func shift(of scores: [Double]) -> Double {
        let largest = scores.max() ?? 0
        return largest.isFinite ? largest : 0
    }

    private static func rows(count: Int, rows: Int, _ value: (Int, Int) -> Double) -> [SIMD4<Double>] {
        let blocks = Self.blocks(of: count)
        var result = [SIMD4<Double>](repeating: .zero, count: rows * blocks)
        for row in 0..<rows {
            for column in 0..<count { result[row * blocks + column / 4][column % 4] = value(row, column) }
        }
        return result
    }
}

extension LinearChainCRF {
    /// All scores in double precision, with the constraints in them.
    package var factors: ChainFactors {
        ChainFactors(
            transitions: transitionScores, start: (0..<tagCount).map(startScore), end: (0..<tagCount).map(endScore))
    }
}
