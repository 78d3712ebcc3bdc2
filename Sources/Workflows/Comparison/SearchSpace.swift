import Essentials
import Foundation

/// Where a search draws its trials.
struct SearchSpace {
    /// The settings' dotted keys in the order of the alphabet, and what each is drawn from.
    let dimensions: [(key: String, dimension: SearchDimension)]
    private let generator: SeededGenerator

    init(_ space: [String: SearchDimension], seed: UInt64) {
        dimensions = space.sorted { $0.key < $1.key }.map { (key: $0.key, dimension: $0.value) }
        generator = SeededGenerator(seed: seed).derived("tune")
    }

    /// The values of a trial, in the order of the dimensions: a function of the seed, the trial's number and the keys, so
    /// that a search goes on where it stopped and more trials leave the first ones as they are.
    ///
    /// Source: J. Bergstra and Y. Bengio, "Random search for hyper-parameter optimization", JMLR 13 (2012).
    func values(ofTrial number: Int) -> [String] {
        dimensions.map { key, dimension in
            var generator = generator.derived("\(key) \(number)")
            return Self.value(of: dimension, using: &generator)
        }
    }

    private static func value(of dimension: SearchDimension, using generator: inout SeededGenerator) -> String {
        guard dimension.values.isEmpty else {
            return dimension.values[Int.random(in: dimension.values.indices, using: &generator)]
        }
        let (from, to) = (dimension.from ?? 0, dimension.to ?? 1)
        if dimension.whole, !dimension.log { return "\(Int.random(in: Int(from)...Int(to), using: &generator))" }
        let share = generator.unit()
        let value = dimension.log ? exp(log(from) + share * (log(to) - log(from))) : from + share * (to - from)
        if dimension.whole { return "\(Int(value.rounded()))" }
        return String(format: "%.3g", value)
    }
}
