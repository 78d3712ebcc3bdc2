/// The sets of a split and the share of the notes that each gets.
public struct SplitShares: Sendable, Equatable {
    /// The names and shares of the sets that get any notes, in their order.
    public let sets: [(name: String, share: Double)]

    /// The sets train, dev and test; a share of 0 leaves a set out.
    ///
    /// - Throws: ``SplitError/badShares(sum:)`` unless the shares add up to 1.
    public init(train: Double, dev: Double, test: Double) throws {
        let all = [("train", train), ("dev", dev), ("test", test)]
        let sum = train + dev + test
        guard all.allSatisfy({ (0...1).contains($0.1) }), abs(sum - 1) < 1e-9 else {
            throw SplitError.badShares(sum: (sum * 1e6).rounded() / 1e6)
        }
        sets = all.filter { $0.1 > 0 }.map { (name: $0.0, share: $0.1) }
    }

    /// Whether names and shares are the same.
    public static func == (left: SplitShares, right: SplitShares) -> Bool {
        left.sets.elementsEqual(right.sets) { $0 == $1 }
    }

    /// How many of `count` things each set gets: the shares rounded by largest remainder, but no set without any.
    func sizes(of count: Int) -> [Int] {
        let exact = sets.map { $0.share * Double(count) }
        var sizes = exact.map { Int($0) }
        let order = sets.indices.sorted { left, right in
            let (first, second) = (exact[left] - Double(sizes[left]), exact[right] - Double(sizes[right]))
            return first != second ? first > second : left < right
        }
        for index in order.prefix(count - sizes.reduce(0, +)) { sizes[index] += 1 }
        while let empty = sizes.firstIndex(of: 0), let largest = sizes.indices.max(by: { sizes[$0] < sizes[$1] }),
            sizes[largest] > 1
        {
            sizes[largest] -= 1
            sizes[empty] = 1
        }
        return sizes
    }
}
