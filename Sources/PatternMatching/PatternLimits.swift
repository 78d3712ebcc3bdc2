/// How much work one search may be before it is stopped.
public struct PatternLimits: Hashable, Sendable {
    /// Backtracking steps a search.
    public var match: UInt32
    /// Nested backtracking points (where PCRE2 interprets; its compiled code has a stack of 4 MiB instead).
    public var depth: UInt32
    /// Heap memory in KiB (where PCRE2 interprets).
    public var heapKiB: UInt32

    /// Makes limits; the defaults stop a catastrophic pattern within some milliseconds.
    public init(match: UInt32 = 1_000_000, depth: UInt32 = 100_000, heapKiB: UInt32 = 65_536) {
        self.match = match
        self.depth = depth
        self.heapKiB = heapKiB
    }
}
