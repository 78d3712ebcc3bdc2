/// The last steps and the changes of the gradient over them: what L-BFGS knows of the curvature.
///
/// Source: J. Nocedal, "Updating quasi-Newton matrices with limited storage", Mathematics of Computation 35 (1980).
struct CurvatureMemory {
    private struct Pair {
        let step: VectorSpace.Vector
        let change: VectorSpace.Vector
        /// The scalar product of the two.
        var product = 0.0
    }

    private let space: VectorSpace
    private let capacity: Int
    /// The earliest first.
    private var pairs: [Pair] = []
    private var scale = 1.0

    init(_ space: VectorSpace, capacity: Int) {
        self.space = space
        self.capacity = capacity
    }

    /// Whether nothing is known.
    var isEmpty: Bool { pairs.isEmpty }

    /// Forgets everything.
    mutating func clear() { pairs = [] }

    /// Notes a step and the change of the gradient; what shows no positive curvature is left out.
    mutating func add(
        from old: (point: VectorSpace.Vector, gradient: VectorSpace.Vector),
        to new: (point: VectorSpace.Vector, gradient: VectorSpace.Vector)
    ) {
        var pair =
            pairs.count == capacity ? pairs.removeFirst() : Pair(step: space.zeros(), change: space.zeros())
        space.set(pair.step, new.point, plus: -1, old.point)
        space.set(pair.change, new.gradient, plus: -1, old.gradient)
        pair.product = space.dot(pair.step, pair.change)
        let length = space.dot(pair.change, pair.change)
        guard pair.product > 1e-300, length > 0, pair.product.isFinite else { return }
        scale = pair.product / length
        pairs.append(pair)
    }

    /// Turns a gradient into the direction of a Newton step, by the two loops.
    func setDirection(_ direction: VectorSpace.Vector, against gradient: VectorSpace.Vector) {
        space.set(direction, -1, gradient)
        guard !pairs.isEmpty else { return }
        var factors = [Double](repeating: 0, count: pairs.count)
        for (place, pair) in pairs.enumerated().reversed() {
            factors[place] = space.dot(pair.step, direction) / pair.product
            space.add(-factors[place], pair.change, to: direction)
        }
        space.set(direction, scale, direction)
        for (place, pair) in pairs.enumerated() {
            let factor = space.dot(pair.change, direction) / pair.product
            space.add(factors[place] - factor, pair.step, to: direction)
        }
    }
}
