/// The speed of work that is done again and again over the same bytes.
enum Passes {
    /// How many passes at least.
    private static let least = 7
    private static let duration = Duration.seconds(2)

    /// The median speed of `work`, which takes `bytes` bytes, in MB (millions of bytes) a second.
    ///
    /// A first pass, which finds nothing in the caches, does not count.
    static func medianSpeed(bytes: Int, _ work: () throws -> Void) rethrows -> Double {
        try work()
        let clock = ContinuousClock()
        let start = clock.now
        var seconds: [Double] = []
        while seconds.count < least || clock.now - start < duration {
            seconds.append(try clock.measure(work) / .seconds(1))
        }
        return Double(bytes) / 1e6 / seconds.sorted()[seconds.count / 2]
    }
}
