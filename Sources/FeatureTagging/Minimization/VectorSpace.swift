import Dispatch
import SequenceInference

/// Arithmetic on long vectors, over all processors in pieces of a fixed size, so that sums do not depend on their number.
struct VectorSpace {
    typealias Vector = VectorMemory
    typealias Lane = SIMD4<Double>

    private static let pieceSize = 8192
    /// How many numbers a vector has.
    let dimension: Int
    private let isParallel: Bool
    private let lanes: Int
    private let pieces: Int

    init(dimension: Int, isParallel: Bool) {
        self.dimension = dimension
        self.isParallel = isParallel
        lanes = (dimension + 3) / 4
        pieces = (lanes + Self.pieceSize - 1) / Self.pieceSize
    }

    /// A vector of zeros.
    func zeros() -> Vector { Vector(vectors: lanes) }

    /// The scalar product.
    func dot(_ left: Vector, _ right: Vector) -> Double {
        let (left, right) = (left.vectors, right.vectors)
        return sum { left[$0] * right[$0] }
    }

    /// The scalar product of `(left − origin)` and `right`.
    func dot(_ left: Vector, minus origin: Vector, _ right: Vector) -> Double {
        let (left, origin, right) = (left.vectors, origin.vectors, right.vectors)
        return sum { (left[$0] - origin[$0]) * right[$0] }
    }

    /// The Euclidean length.
    func norm(_ vector: Vector) -> Double { dot(vector, vector).squareRoot() }

    /// The sum of the numbers' sizes.
    func absoluteSum(_ vector: Vector) -> Double {
        let vector = vector.vectors
        return sum { vector[$0].replacing(with: -vector[$0], where: vector[$0] .< 0) }
    }

    /// `target += scale · vector`
    func add(_ scale: Double, _ vector: Vector, to target: Vector) {
        let (vector, target, scale) = (vector.vectors, target.vectors, Lane(repeating: scale))
        each { target[$0] += scale * vector[$0] }
    }

    /// `target = left + scale · right`
    func set(_ target: Vector, _ left: Vector, plus scale: Double, _ right: Vector) {
        let (left, right, target, scale) = (left.vectors, right.vectors, target.vectors, Lane(repeating: scale))
        each { target[$0] = left[$0] + scale * right[$0] }
    }

    /// `target = scale · vector`
    func set(_ target: Vector, _ scale: Double, _ vector: Vector) {
        let (vector, target, scale) = (vector.vectors, target.vectors, Lane(repeating: scale))
        each { target[$0] = scale * vector[$0] }
    }

    /// Does `body` for each lane.
    @inline(__always)
    func each(_ body: (Int) -> Void) {
        forPieces { _, lanes in for lane in lanes { body(lane) } }
    }

    /// Adds up what `body` gives for the lanes.
    @inline(__always)
    func sum(_ body: (Int) -> Lane) -> Double {
        var sums = [Double](repeating: 0, count: pieces)
        sums.withUnsafeMutableBufferPointer { sums in
            nonisolated(unsafe) let sums = sums
            forPieces { piece, lanes in
                var first = Lane.zero
                var second = Lane.zero
                var lane = lanes.lowerBound
                while lane + 1 < lanes.upperBound {
                    first += body(lane)
                    second += body(lane + 1)
                    lane += 2
                }
                if lane < lanes.upperBound { first += body(lane) }
                sums[piece] = (first + second).sum()
            }
        }
        return sums.reduce(0, +)
    }

    @inline(__always)
    private func forPieces(_ body: (Int, Range<Int>) -> Void) {
        guard isParallel, pieces > 1 else {
            for piece in 0..<pieces { body(piece, lanes(of: piece)) }
            return
        }
        withoutActuallyEscaping(body) { body in
            nonisolated(unsafe) let body = body
            DispatchQueue.concurrentPerform(iterations: pieces) { body($0, lanes(of: $0)) }
        }
    }

    private func lanes(of piece: Int) -> Range<Int> {
        piece * Self.pieceSize..<min((piece + 1) * Self.pieceSize, lanes)
    }
}
