internal import CTorch

/// The Euclidean norm of all the parameters' gradients together; parameters without one count as zero.
public func gradientNorm(of parameters: [Tensor]) -> Double {
    var norm = 0.0
    let handles = parameters.map { Optional($0.handle) }
    check(ct_gradient_norm(handles, Int64(handles.count), &norm))
    return norm
}

/// The numbers of one AdamW step.
public struct AdamWStep: Sendable {
    /// Which step it is, from 1: it corrects the moments' bias towards zero.
    public var number: Int
    /// How far a step goes.
    public var learningRate: Double
    /// The decay of the mean of gradients and of the mean of their squares.
    public var betas: (Double, Double)
    /// Keeps the division by the root of the second moment finite.
    public var epsilon: Double
    /// How much of each weight is taken away, times the learning rate.
    public var weightDecay: Double
    /// What the gradients are multiplied by first.
    public var gradientScale: Double

    /// Makes a step.
    public init(
        number: Int, learningRate: Double, betas: (Double, Double), epsilon: Double, weightDecay: Double,
        gradientScale: Double
    ) {
        self.number = number
        self.learningRate = learningRate
        self.betas = betas
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.gradientScale = gradientScale
    }
}

/// Moves `parameters` by one AdamW step along their gradients; parameters without a gradient stay as they are.
///
/// Source: I. Loshchilov and F. Hutter, "Decoupled weight decay regularization", ICLR 2019.
public func stepAdamW(parameters: [Tensor], firstMoments: [Tensor], secondMoments: [Tensor], _ step: AdamWStep) {
    precondition(parameters.count == firstMoments.count && parameters.count == secondMoments.count)
    let parameters = parameters.map { Optional($0.handle) }
    let firstMoments = firstMoments.map { Optional($0.handle) }
    let secondMoments = secondMoments.map { Optional($0.handle) }
    check(
        ct_adamw_step(
            parameters, firstMoments, secondMoments, Int64(parameters.count), Int64(step.number), step.learningRate,
            step.betas.0, step.betas.1, step.epsilon, step.weightDecay, step.gradientScale))
}

/// The rows from which on a parameter's gradient from ``Tensor/rows(at:)`` is sparse.
public let leastSparseRows = Int(CT_LEAST_SPARSE_ROWS)

/// The same step for a table whose gradient is sparse, with the same result; rows that never had a gradient only decay.
///
/// - Parameter touched: one integer a row, not 0 for rows that ever had a gradient; brought up to date here.
public func stepAdamW(
    table: Tensor, firstMoment: Tensor, secondMoment: Tensor, touched: Tensor, _ step: AdamWStep
) {
    check(
        ct_adamw_rows_step(
            table.handle, firstMoment.handle, secondMoment.handle, touched.handle, Int64(step.number),
            step.learningRate, step.betas.0, step.betas.1, step.epsilon, step.weightDecay, step.gradientScale))
}

/// Moves each average toward its parameter by `share` of what lies between them.
public func moveAverages(_ averages: [Tensor], toward parameters: [Tensor], share: Double) {
    precondition(averages.count == parameters.count, "an average a parameter")
    let (averages, parameters) = (averages.map { Optional($0.handle) }, parameters.map { Optional($0.handle) })
    check(ct_move_averages(averages, parameters, Int64(averages.count), share))
}
