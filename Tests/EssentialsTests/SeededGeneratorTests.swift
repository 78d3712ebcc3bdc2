import Essentials
import Testing

@Suite struct SeededGeneratorTests {
    // First outputs of the authors' C code, its state filled by SplitMix64 from the seed:
    //   x = seed; for (j = 0; j < 4; j++) s[j] = splitmix64(); next(); next(); next(); next();
    @Test(
        arguments: [
            (0, [0x99ec_5f36_cb75_f2b4, 0xbf6e_1f78_4956_452a, 0x1a5f_849d_4933_e6e0, 0x6aa5_94f1_262d_2d2c]),
            (42, [0x1578_0b2e_0c2e_c716, 0x6104_d986_6d11_3a7e, 0xae17_5332_39e4_99a1, 0xecb8_ad47_03b3_60a1]),
            (.max, [0x8f55_20d5_2a7e_ad08, 0xc476_a018_caa1_802d, 0x81de_31c0_d260_469e, 0xbf65_8d7e_065f_3c2f]),
        ] as [(UInt64, [UInt64])])
    func agreesWithTheReference(_ seed: UInt64, _ expected: [UInt64]) {
        var generator = SeededGenerator(seed: seed)
        #expect((0..<4).map { _ in generator.next() } == expected)
    }

    @Test func derivedStreamsDependOnSeedAndNameNotOnState() {
        func first(_ generator: SeededGenerator) -> UInt64 {
            var generator = generator
            return generator.next()
        }
        var used = SeededGenerator(seed: 7)
        _ = used.next()
        #expect(first(used.derived("masking")) == first(SeededGenerator(seed: 7).derived("masking")))
        let streams = [
            first(used.derived("masking")), first(used.derived("shuffling")), first(used.derived("")),
            first(SeededGenerator(seed: 8).derived("masking")), first(SeededGenerator(seed: 7)),
        ]
        #expect(Set(streams).count == streams.count)
    }

    @Test func unitIsUniformBelowOne() {
        var generator = SeededGenerator(seed: 3)
        var counts = [Int](repeating: 0, count: 10)
        for _ in 0..<100_000 {
            let value = generator.unit()
            #expect((0..<1).contains(value))
            counts[Int(value * 10)] += 1
        }
        // Chi-squared with 9 degrees of freedom; above 27.9 with a probability of one in a thousand.
        let statistic = counts.map { count in (Double(count) - 10_000) * (Double(count) - 10_000) / 10_000 }.reduce(
            0, +)
        #expect(statistic < 27.9)
    }
}
