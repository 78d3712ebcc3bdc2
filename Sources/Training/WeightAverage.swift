import Essentials
import Foundation
import Torch
import TorchNN

/// The exponential moving average of a model's weights over the steps of a stage, by which models are judged and kept.
///
/// At first, when there is little to average, the decay is (1 + steps) / (10 + steps).
/// Source: B. Polyak and A. Juditsky, "Acceleration of stochastic approximation by averaging" (1992); the decay's rise
/// as in TensorFlow's `ExponentialMovingAverage`.
final class WeightAverage {
    private let parameters: [(name: String, tensor: Tensor)]
    private let decay: Double
    private let averages: [Tensor]

    /// An average that begins with the weights of `parameters` as they are.
    init(of parameters: Parameters, decay: Double) {
        self.parameters = parameters.all
        self.decay = decay
        averages = parameters.all.map { Tensor($0.tensor.floats(), shape: $0.tensor.shape) }
    }

    /// Takes in the weights after a step, the how many-th of its stage, counted from 1.
    func add(step: Int) {
        let decay = min(decay, Double(1 + step) / Double(10 + step))
        moveAverages(averages, toward: parameters.map(\.tensor), share: 1 - decay)
    }

    /// Runs `body` while the model has the averages as its weights.
    func use<Result>(_ body: () throws -> Result) rethrows -> Result {
        exchange()
        defer { exchange() }
        return try body()
    }

    /// Exchanges weights and averages.
    private func exchange() {
        for ((_, tensor), average) in zip(parameters, averages) {
            tensor.withMutableFloats { weights in
                average.withMutableFloats { averages in
                    for index in weights.indices { swap(&weights[index], &averages[index]) }
                }
            }
        }
    }

    /// The averages under their parameters' names.
    var all: [(name: String, tensor: Tensor)] { zip(parameters, averages).map { ($0.name, $1) } }

    /// Continues from averages that were written before.
    ///
    /// - Throws: `CheckpointError` where they are not those of these parameters.
    func restore(from path: String) throws {
        let file = try SafetensorsFile(path: path)
        for (name, average) in all {
            let stored = try file.tensor(named: name)
            guard stored.shape == average.shape else {
                throw CheckpointError.wrongShape(
                    path: path, tensor: name, expected: average.shape, found: stored.shape)
            }
            stored.withFloats { values in average.withMutableFloats { _ = $0.update(fromContentsOf: values) } }
        }
    }
}
