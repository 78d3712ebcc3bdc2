/// How a corpus is written, and what its format could not hold.
final class WriteContext {
    /// How to write.
    let options: WriteOptions
    /// What was lost, so that nothing is dropped without a count.
    private(set) var lost: [CorpusPart: Int] = [:]

    init(options: WriteOptions) { self.options = options }

    /// Counts parts that the format cannot hold.
    func lose(_ part: CorpusPart, count: Int = 1) {
        if count > 0 { lost[part, default: 0] += count }
    }
}
