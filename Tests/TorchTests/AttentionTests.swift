import Foundation
import Testing
import Torch

struct AttentionTests {
    @Test("output and gradients agree with plain attention in each sequence and head", arguments: [0, 0.3])
    func plainAttention(probability: Double) {
        // Rows beyond the sequences and an empty sequence belong to the cases.
        for (lengths, rows, heads, width) in [([4], 4, 1, 2), ([3, 1, 0, 5], 11, 2, 4), ([17, 2], 19, 1, 3)] {
            let hidden = heads * width
            let mask = DropoutMask(seed: 4, step: 3, site: 2, probability: probability)
            let slopes = sample(rows * hidden, 9)
            let values = (1...3).map { sample(rows * hidden, $0).map { 2 * $0 } }

            func attention(_ q: [Double], _ k: [Double], _ v: [Double]) -> [Double] {
                var output = [Double](repeating: 0, count: rows * hidden)
                var first = 0
                for length in lengths {
                    for head in 0..<heads {
                        for i in 0..<length {
                            let row = first + i
                            let multipliers = mask.multipliers(row: row * heads + head, count: length)
                            var weights = (0..<length).map { j in
                                (0..<width).reduce(0) { sum, c in
                                    sum + q[row * hidden + head * width + c]
                                        * k[(first + j) * hidden + head * width + c]
                                } / Double(width).squareRoot()
                            }
                            weights = weights.map(exp)
                            let total = weights.reduce(0, +)
                            for j in 0..<length {
                                let weight = weights[j] / total * Double(multipliers[j])
                                for c in 0..<width {
                                    output[row * hidden + head * width + c] +=
                                        weight * v[(first + j) * hidden + head * width + c]
                                }
                            }
                        }
                    }
                    first += length
                }
                return output
            }
            func loss(_ output: [Double]) -> Double { zip(output, slopes).reduce(0) { $0 + $1.0 * $1.1 } }

            let projections = sideBySide(values.map(\.floats), rows: rows)
            projections.requiresGradient = true
            let output = projections.attention(lengths: lengths, heads: heads, dropout: mask)
            output.backward(gradient: Tensor(slopes.floats, shape: [rows, hidden]))
            #expect(largestDifference(output.floats(), attention(values[0], values[1], values[2])) < 1e-5)
            let expected = [
                numericGradient(of: { loss(attention($0, values[1], values[2])) }, at: values[0]),
                numericGradient(of: { loss(attention(values[0], $0, values[2])) }, at: values[1]),
                numericGradient(of: { loss(attention(values[0], values[1], $0)) }, at: values[2]),
            ]
            for (found, gradient) in zip(apart(projections.grad?.floats() ?? [], rows: rows), expected) {
                #expect(largestDifference(found, gradient) < 1e-4)
            }
        }
    }

    @Test("heads padded with zero columns to whole tiles give the same as narrow ones", arguments: [0, 0.3])
    func wideHeads(probability: Double) {
        let (lengths, rows, narrow, wide) = ([70, 5], 75, 3, 32)
        let mask = DropoutMask(seed: 4, step: 3, site: 2, probability: probability)
        // The scores are divided by the root of the width.
        let correction = Float((Double(wide) / Double(narrow)).squareRoot())
        func run(width: Int) -> [[Float]] {
            let tensors = (0..<3).map { index in
                var values = [Float](repeating: 0, count: rows * width)
                for (place, value) in sample(rows * narrow, index).floats.enumerated() {
                    values[place / narrow * width + place % narrow] =
                        index == 0 && width == wide ? value * correction : value
                }
                return values
            }
            let projections = sideBySide(tensors, rows: rows)
            projections.requiresGradient = true
            let output = projections.attention(lengths: lengths, heads: 1, dropout: mask)
            output.backward(gradient: Tensor(output.floats(), shape: [rows, width]))
            let results = [output.floats()] + apart(projections.grad?.floats() ?? [], rows: rows)
            return results.enumerated().map { index, values in
                (0..<rows * narrow).map { place in
                    let value = values[place / narrow * width + place % narrow]
                    return index == 1 && width == wide ? value * correction : value
                }
            }
        }
        for (first, second) in zip(run(width: narrow), run(width: wide)) {
            #expect(zip(first, second).allSatisfy { abs($0 - $1) < 1e-5 })
        }
    }

    @Test("scores of several hundred neither overflow nor become nothing")
    func extremeScores() {
        let projections = sideBySide([[300, -300], [3, -3], [1, 2]], rows: 2)
        let output = projections.attention(lengths: [2], heads: 1, dropout: .none)
        #expect(output.floats() == [1, 2])
    }

    @Test("more sequences than rows stop the program")
    func tooManySequences() async {
        await #expect(processExitsWith: .failure) {
            _ = Tensor.zeros([3, 6]).attention(lengths: [2, 2], heads: 1, dropout: .none)
        }
    }
}
