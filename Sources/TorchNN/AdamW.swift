import Essentials
import Torch

/// AdamW over groups of parameters, with the gradient's norm clipped and its state kept under the parameters' names.
///
/// The gradients of a step are clipped together, over all groups. A parameter without a gradient stays as it is.
/// Source: I. Loshchilov and F. Hutter, "Decoupled weight decay regularization", ICLR 2019.
public final class AdamW {
    /// Parameters that share their settings.
    public struct Group: Sendable {
        /// The names of the parameters.
        public var names: [String]
        /// The learning rate before the schedule's factor.
        public var learningRate: Double
        /// The share of each weight that is taken away, times the learning rate.
        public var weightDecay: Double

        /// Makes a group.
        public init(names: [String], learningRate: Double, weightDecay: Double) {
            self.names = names
            self.learningRate = learningRate
            self.weightDecay = weightDecay
        }

        /// Two groups of the same learning rate: weights decay, biases and layer norms do not.
        public static func split(names: [String], learningRate: Double, weightDecay: Double) -> [Group] {
            func decays(_ name: String) -> Bool {
                !name.contains("LayerNorm") && !name.split(separator: ".").contains { $0.hasPrefix("bias") }
            }
            return [
                Group(names: names.filter(decays), learningRate: learningRate, weightDecay: weightDecay),
                Group(names: names.filter { !decays($0) }, learningRate: learningRate, weightDecay: 0),
            ].filter { !$0.names.isEmpty }
        }
    }

    /// The number of steps taken.
    public private(set) var stepCount = 0
    /// The groups, whose learning rates may be changed between steps.
    public var groups: [Group]
    private let betas: (Double, Double)
    private let epsilon: Double
    private var parameters: [String: Tensor] = [:]
    private var firstMoments: [String: Tensor] = [:]
    private var secondMoments: [String: Tensor] = [:]
    /// Which rows of the tables ever had a gradient; all others have no moments and cost a step next to nothing.
    private var touchedRows: [String: Tensor] = [:]

    /// Prepares the training of the groups' parameters.
    public init(
        _ parameters: Parameters, groups: [Group], betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8
    ) {
        self.groups = groups
        self.betas = betas
        self.epsilon = epsilon
        for name in groups.flatMap(\.names) {
            guard let tensor = parameters[name] else { preconditionFailure("no parameter named \(name)") }
            precondition(self.parameters[name] == nil, "\(name) is in two groups")
            self.parameters[name] = tensor
            firstMoments[name] = .zeros(tensor.shape)
            secondMoments[name] = .zeros(tensor.shape)
            if tensor.shape.count == 2, tensor.shape[0] >= leastSparseRows {
                touchedRows[name] = Tensor([Int64](repeating: 0, count: tensor.shape[0]))
            }
        }
    }

    /// The names of all parameters in the groups, in their order.
    public var names: [String] { groups.flatMap(\.names) }

    /// Takes one step, then forgets the gradients; returns their norm before clipping.
    ///
    /// - Parameters:
    ///   - scale: the factor of the learning rates, from a schedule.
    ///   - gradientShare: what the gradients are multiplied by first: where those of several batches were added up,
    ///     one over their number makes them a mean.
    ///   - maximumGradientNorm: gradients of a larger norm are scaled down to it; nothing for no clipping.
    @discardableResult
    public func step(
        scale: Double = 1, gradientShare: Double = 1, maximumGradientNorm: Double? = nil
    ) -> Double {
        let norm = gradientShare * gradientNorm(of: names.compactMap { parameters[$0] })
        var gradientScale = gradientShare
        if let maximumGradientNorm, norm > maximumGradientNorm { gradientScale *= maximumGradientNorm / norm }
        stepCount += 1
        for group in groups {
            let step = AdamWStep(
                number: stepCount, learningRate: group.learningRate * scale, betas: betas, epsilon: epsilon,
                weightDecay: group.weightDecay, gradientScale: gradientScale)
            let whole = group.names.filter { touchedRows[$0] == nil }
            stepAdamW(
                parameters: whole.compactMap { parameters[$0] }, firstMoments: whole.compactMap { firstMoments[$0] },
                secondMoments: whole.compactMap { secondMoments[$0] }, step)
            for name in group.names {
                guard let touched = touchedRows[name], let table = parameters[name], let first = firstMoments[name],
                    let second = secondMoments[name]
                else { continue }
                stepAdamW(table: table, firstMoment: first, secondMoment: second, touched: touched, step)
            }
        }
        for tensor in parameters.values { tensor.grad = nil }
        return norm
    }

    /// Writes moments and step count to a safetensors file, from which ``restore(from:)`` continues exactly.
    ///
    /// - Throws: ``FileError/unwritable(path:reason:)``.
    public func save(to path: String) throws {
        let first = firstMoments.map { (name: "first_moment.\($0)", tensor: $1) }
        let second = secondMoments.map { (name: "second_moment.\($0)", tensor: $1) }
        let metadata = ["format": "pt", "step_count": "\(stepCount)"]
        try SafetensorsWriter.write(first + second, metadata: metadata, to: path)
    }

    /// Continues from a file of ``save(to:)``.
    ///
    /// - Throws: ``FileError`` or ``CheckpointError`` when the file does not fit these parameters.
    public func restore(from path: String) throws {
        let file = try SafetensorsFile(path: path)
        guard let stored = file.metadata["step_count"], let count = Int(stored), count >= 0 else {
            throw CheckpointError.malformed(path: path, reason: "the metadata has no step_count")
        }
        for (prefix, moments) in [("first_moment", firstMoments), ("second_moment", secondMoments)] {
            for (name, moment) in moments {
                let tensor = try file.tensor(named: "\(prefix).\(name)")
                guard tensor.shape == moment.shape else {
                    throw CheckpointError.wrongShape(
                        path: path, tensor: "\(prefix).\(name)", expected: moment.shape, found: tensor.shape)
                }
                tensor.withFloats { values in moment.withMutableFloats { _ = $0.update(fromContentsOf: values) } }
            }
        }
        if let extra = file.namesNotTaken.first { throw CheckpointError.unexpectedTensor(path: path, tensor: extra) }
        for (name, touched) in touchedRows {
            guard let moment = secondMoments[name] else { continue }
            touchedRows[name] = Tensor(Self.rows(ofNonzero: moment, count: touched.count))
        }
        stepCount = count
    }

    /// 1 for each row of a second moment that is not all zeros: only those had a gradient.
    private static func rows(ofNonzero moment: Tensor, count: Int) -> [Int64] {
        let width = moment.count / count
        return moment.withFloats { values in
            (0..<count).map { row in
                values[row * width..<(row + 1) * width].contains { $0 != 0 } ? 1 : 0
            }
        }
    }
}
