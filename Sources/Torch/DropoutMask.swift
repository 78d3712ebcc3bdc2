internal import CTorch

/// What a dropout mask follows from: a run's seed, the training step and the place in the network.
///
/// The mask is a function of these numbers (Philox 4x32-10), so that the backward pass makes it again, a resumed run
/// needs no generator's state, and the number of threads changes nothing.
public struct DropoutMask: Hashable, Sendable {
    /// The run's seed.
    public var seed: UInt64
    /// The number of the training step.
    public var step: UInt32
    /// The place in the network; two places must differ.
    public var site: UInt32
    /// How likely an element becomes zero; the others are scaled up so that the mean stays.
    public var probability: Double

    /// Makes a mask's description; `probability` lies in 0 ..< 1.
    public init(seed: UInt64, step: UInt32, site: UInt32, probability: Double) {
        precondition((0..<1).contains(probability), "a dropout probability of \(probability)")
        self.seed = seed
        self.step = step
        self.site = site
        self.probability = probability
    }

    /// The mask that keeps everything.
    public static let none = DropoutMask(seed: 0, step: 0, site: 0, probability: 0)

    var random: ct_random { ct_random(seed: seed, step: step, site: site) }

    /// The factors, 0 or 1 / (1 - probability), of the first `count` elements of row `row`.
    public func multipliers(row: Int, count: Int) -> [Float] {
        var values = [Float](repeating: 0, count: count)
        ct_dropout_multipliers(&values, Int64(count), UInt32(row), probability, random)
        return values
    }
}

/// One block of Philox 4x32-10: four random words from a counter of four and a key of two.
func philox(counter: [UInt32], key: [UInt32]) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: 4)
    ct_philox(counter, key, &words)
    return words
}
