import Essentials

/// Minimizes a smooth convex loss plus penalties on the sizes (l1) and squares (l2) of its variables: by L-BFGS, and with
/// a penalty on sizes by OWL-QN, which then leaves most variables at exactly 0.
///
/// Line searches go back by halves until the loss has fallen enough (Armijo), and without l1 on by 2.1 while the slope is
/// still steep (Wolfe); the first step has length 1, later ones are tried as they are. Its state is not saved: the losses
/// here are minimized in seconds to minutes.
///
/// Sources: D. Liu and J. Nocedal, "On the limited memory BFGS method for large scale optimization", Mathematical
/// Programming 45 (1989); G. Andrew and J. Gao, "Scalable training of L1-regularized log-linear models", ICML 2007. The
/// constants and the tests of convergence are those of libLBFGS, so that figures can be compared.
final class Minimizer {
    typealias Vector = VectorSpace.Vector

    private enum Search {
        static let sufficientFall = 1e-4
        static let flatEnough = 0.9
        static let shorter = 0.5
        static let longer = 2.1
        static let steps = 1e-20...1e20
    }

    private let settings: MinimizerSettings
    private let l1: Double
    private let l2: Double
    private let objective: any Objective
    private let space: VectorSpace
    private let orthants: Orthants?
    private var memory: CurvatureMemory

    private var point: Vector
    private var gradient: Vector
    private var oldPoint: Vector
    private var oldGradient: Vector
    private let direction: Vector
    /// What the steps go against: the gradient, or what stands for it beside variables at 0.
    private var slope: Vector { orthants == nil ? gradient : pseudoGradient }
    private let pseudoGradient: Vector
    private var loss = 0.0
    private var evaluations = 0

    init(
        _ objective: any Objective, l1: Double = 0, l2: Double = 0, settings: MinimizerSettings = MinimizerSettings(),
        isParallel: Bool = true
    ) {
        self.settings = settings
        self.l1 = l1
        self.l2 = l2
        self.objective = objective
        space = VectorSpace(dimension: objective.dimension, isParallel: isParallel)
        orthants = l1 > 0 ? Orthants(space: space, penalty: l1) : nil
        memory = CurvatureMemory(space, capacity: settings.memory)
        point = space.zeros()
        gradient = space.zeros()
        oldPoint = space.zeros()
        oldGradient = space.zeros()
        direction = space.zeros()
        pseudoGradient = space.zeros()
    }

    /// The best point found, starting from `start` (0 if there is none), and why the search ended there.
    ///
    /// - Parameter report: is called after each iteration.
    /// - Throws: what `report` throws.
    func minimize(
        from start: [Double]? = nil, report: (MinimizerStep) throws -> Void
    ) rethrows -> (point: [Double], loss: Double, outcome: MinimizerOutcome) {
        if let start {
            precondition(start.count == space.dimension, "a start of the loss's dimension")
            for (index, value) in start.enumerated() { point.numbers[index] = value }
        }
        evaluate()
        var outcome: MinimizerOutcome? = isFlat() ? .converged : nil
        var losses: [Double] = []
        var iteration = 0
        while outcome == nil {
            iteration += 1
            guard descend() else {
                outcome = .noDescent
                break
            }
            try report(
                MinimizerStep(
                    iteration: iteration, loss: loss, gradientNorm: space.norm(slope), evaluations: evaluations))
            outcome = end(after: iteration, losses: &losses)
        }
        let found = Array(UnsafeBufferPointer(start: point.numbers, count: space.dimension))
        return (found, loss, outcome ?? .noDescent)
    }

    /// The same with nobody listening.
    func minimize(from start: [Double]? = nil) -> (point: [Double], loss: Double, outcome: MinimizerOutcome) {
        minimize(from: start) { _ in }
    }

    private func end(after iteration: Int, losses: inout [Double]) -> MinimizerOutcome? {
        if isFlat() { return .converged }
        if settings.period > 0 {
            losses.append(loss)
            if losses.count > settings.period {
                let before = losses.removeFirst()
                if (before - loss) / abs(loss) < settings.delta { return .stalled }
            }
        }
        return iteration == settings.maximumIterations ? .iterationLimit : nil
    }

    private func isFlat() -> Bool {
        space.norm(slope) / max(1, space.norm(point)) < settings.epsilon
    }

    /// One iteration; false if no better point was found even without what is known of the curvature.
    private func descend() -> Bool {
        while true {
            let isFirst = memory.isEmpty
            memory.setDirection(direction, against: slope)
            if !isFirst { orthants?.align(direction, with: pseudoGradient) }
            let step = isFirst ? 1 / space.norm(direction) : 1
            swap(&point, &oldPoint)
            swap(&gradient, &oldGradient)
            let oldLoss = loss
            if search(firstStep: step) {
                memory.add(from: (oldPoint, oldGradient), to: (point, gradient))
                if let orthants { orthants.pseudoGradient(point, gradient, into: pseudoGradient) }
                return true
            }
            swap(&point, &oldPoint)
            swap(&gradient, &oldGradient)
            loss = oldLoss
            if isFirst { return false }
            memory.clear()
        }
    }

    /// Looks along the direction from `oldPoint` for a point that is enough better.
    private func search(firstStep: Double) -> Bool {
        // While the search goes on, `pseudoGradient` still belongs to the old point.
        let oldSlope = orthants == nil ? oldGradient : pseudoGradient
        let descent = space.dot(direction, oldSlope)
        guard descent < 0 else { return false }
        let oldLoss = loss
        var step = firstStep
        for _ in 0..<settings.maximumTrials where Search.steps.contains(step) {
            let expected: Double
            if let orthants {
                orthants.go(from: oldPoint, step, direction, gradient: pseudoGradient, into: point)
                expected = space.dot(point, minus: oldPoint, oldSlope)
            } else {
                space.set(point, oldPoint, plus: step, direction)
                expected = step * descent
            }
            computeLoss()
            guard loss <= oldLoss + Search.sufficientFall * expected else {
                step *= Search.shorter
                continue
            }
            if orthants != nil || space.dot(gradient, direction) >= Search.flatEnough * descent { return true }
            step *= Search.longer
        }
        return loss < oldLoss
    }

    private func evaluate() {
        computeLoss()
        orthants?.pseudoGradient(point, gradient, into: pseudoGradient)
    }

    /// Loss and gradient of the smooth part at `point`, and the loss's penalty on sizes.
    private func computeLoss() {
        evaluations += 1
        loss = objective.evaluate(point.numbers, gradient: gradient.numbers)
        if l2 > 0 {
            loss += l2 * space.dot(point, point)
            space.add(2 * l2, point, to: gradient)
        }
        if l1 > 0 { loss += l1 * space.absoluteSum(point) }
    }
}
