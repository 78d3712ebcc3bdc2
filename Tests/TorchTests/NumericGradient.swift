import Torch

/// The gradient of a function by central differences, for checking what a backward pass says.
func numericGradient(of function: ([Double]) -> Double, at point: [Double], step: Double = 1e-4) -> [Double] {
    point.indices.map { index in
        var point = point
        point[index] += step
        let above = function(point)
        point[index] -= 2 * step
        return (above - function(point)) / (2 * step)
    }
}

/// The largest difference of two rows of numbers.
func largestDifference(_ left: [Float], _ right: [Double]) -> Double {
    precondition(left.count == right.count)
    return zip(left, right).map { abs(Double($0) - $1) }.max() ?? 0
}

/// Numbers between -1 and 1 that look random and are the same everywhere.
func sample(_ count: Int, _ seed: Int) -> [Double] {
    (0..<count).map { index in
        let mixed =
            UInt64(truncatingIfNeeded: (index + 1) &* 0x9E37_79B9 &+ seed &* 0x85EB_CA6B) &* 0xD6E8_FEB8_6659_FD93
        return Double(Int64(bitPattern: mixed ^ (mixed >> 32))) / 0x1p63
    }
}

extension Array where Element == Double {
    var floats: [Float] { map(Float.init) }
}

/// Queries, keys and values [N, H] side by side, as attention takes them; [N, 3H].
func sideBySide(_ matrices: [[Float]], rows: Int) -> Tensor {
    let width = matrices[0].count / max(1, rows)
    var values: [Float] = []
    for row in 0..<rows {
        for matrix in matrices { values += matrix[row * width..<(row + 1) * width] }
    }
    return Tensor(values, shape: [rows, matrices.count * width])
}

/// The other way round.
func apart(_ values: [Float], rows: Int, count: Int = 3) -> [[Float]] {
    let width = values.count / max(1, rows * count)
    var parts = [[Float]](repeating: [], count: count)
    for row in 0..<rows {
        for part in 0..<count {
            let first = (row * count + part) * width
            parts[part] += values[first..<first + width]
        }
    }
    return parts
}
