/// What sets OWL-QN apart from L-BFGS: a penalty on the sizes of variables bends the loss where one of them is 0, and each
/// step stays within the orthant that it starts into.
///
/// Source: G. Andrew and J. Gao, "Scalable training of L1-regularized log-linear models", ICML 2007.
struct Orthants {
    let space: VectorSpace
    let penalty: Double

    /// The steepest way up of the penalized loss: at 0 only as far as the smooth part outweighs the penalty.
    func pseudoGradient(_ point: VectorSpace.Vector, _ gradient: VectorSpace.Vector, into result: VectorSpace.Vector) {
        let (point, gradient, result) = (point.vectors, gradient.vectors, result.vectors)
        let penalty = VectorSpace.Lane(repeating: penalty)
        space.each { lane in
            let up = gradient[lane] + penalty
            let down = gradient[lane] - penalty
            var value = VectorSpace.Lane.zero
            value.replace(with: up, where: (point[lane] .> 0) .| ((point[lane] .== 0) .& (up .< 0)))
            value.replace(with: down, where: (point[lane] .< 0) .| ((point[lane] .== 0) .& (down .> 0)))
            result[lane] = value
        }
    }

    /// Strikes out the parts of a direction that do not go down.
    func align(_ direction: VectorSpace.Vector, with gradient: VectorSpace.Vector) {
        let (direction, gradient) = (direction.vectors, gradient.vectors)
        space.each { lane in
            direction[lane].replace(with: 0, where: direction[lane] * gradient[lane] .>= 0)
        }
    }

    /// Goes from `start` a `step` along `direction` into `point`, but no variable over 0; one at 0 leaves it only against
    /// the pseudo-gradient.
    func go(
        from start: VectorSpace.Vector, _ step: Double, _ direction: VectorSpace.Vector,
        gradient: VectorSpace.Vector, into point: VectorSpace.Vector
    ) {
        let (start, direction) = (start.vectors, direction.vectors)
        let (gradient, point, step) = (gradient.vectors, point.vectors, VectorSpace.Lane(repeating: step))
        space.each { lane in
            var side = start[lane]
            side.replace(with: -gradient[lane], where: side .== 0)
            var value = start[lane] + step * direction[lane]
            value.replace(with: 0, where: (value .> 0) .& (side .<= 0) .| (value .< 0) .& (side .>= 0))
            point[lane] = value
        }
    }
}
