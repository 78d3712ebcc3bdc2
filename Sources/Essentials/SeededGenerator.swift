/// A small fast generator whose whole state follows from its seed: xoshiro256** seeded by SplitMix64.
///
/// Everything random in clinner takes one, so that the same seed gives the same run. Derive independent streams with
/// ``derived(_:)`` instead of sharing one generator between steps: adding a draw to one step then changes no other.
///
/// Source: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)
    private let seed: UInt64

    /// Makes the generator of `seed`.
    public init(seed: UInt64) {
        var mixer = SplitMix64(state: seed)
        self.seed = seed
        state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// The generator of an independent stream, a function of this generator's seed (not of its state) and `name`.
    public func derived(_ name: String) -> SeededGenerator {
        // FNV-1a over the name; SplitMix64 in the initializer does the mixing.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return SeededGenerator(seed: seed ^ hash)
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        let result = rotated(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotated(state.3, by: 45)
        return result
    }

    /// A uniform number in 0 ..< 1 with 53 random bits.
    public mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    private func rotated(_ value: UInt64, by count: UInt64) -> UInt64 { (value << count) | (value >> (64 - count)) }
}

/// The generator that spreads a seed over a larger state.
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
