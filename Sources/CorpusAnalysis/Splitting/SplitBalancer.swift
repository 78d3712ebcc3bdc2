import Essentials

/// Assigns groups of documents to sets so that documents and mentions of every type are shared out evenly.
///
/// Groups are shuffled and dealt out; then groups move between sets, alone or in exchange for another, as long as that
/// brings the counts nearer to what each set should have. Wanted is, for every set and type, its share of the mentions,
/// and distance is the sum of `(has − wanted)² / (wanted + 1)`, documents counting like a frequent type. Where every
/// document is a group of its own only exchanges are made, so that the sets have exactly their sizes.
struct SplitBalancer {
    /// How many partners are tried for an exchange.
    private static let partners = 24
    private static let maxPasses = 20
    /// Bounds the work on corpora of millions of notes.
    private static let maxTrials = 20_000_000

    /// What a group adds to its set: counts by type, the documents last.
    private let weights: [[(column: Int, count: Double)]]
    private let wanted: [[Double]]
    private let factors: [[Double]]
    private let keepsSizes: Bool
    private let sizes: [Int]
    private var has: [[Double]]
    private var assigned: [Int]
    private var generator: SeededGenerator

    /// Prepares groups, whose numbers `groups` gives for each of `items`.
    init(items: [SplitItem], groups: [Int], count: Int, shares: SplitShares, seed: UInt64) {
        let names = Set(items.flatMap(\.types.keys)).sorted()
        let columns = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        var sums = [[Int: Double]](repeating: [:], count: count)
        var totals = [Double](repeating: 0, count: names.count + 1)
        for (item, group) in zip(items, groups) {
            for (type, mentions) in item.types {
                guard let column = columns[type] else { continue }
                sums[group][column, default: 0] += Double(mentions)
                totals[column] += Double(mentions)
            }
            sums[group][names.count, default: 0] += 1
            totals[names.count] += 1
        }
        weights = sums.map { sum in sum.sorted { $0.key < $1.key }.map { (column: $0.key, count: $0.value) } }
        wanted = shares.sets.map { set in totals.map { $0 * set.share } }
        // Documents weigh as much as all types together.
        let documentWeight = Double(max(1, names.count))
        factors = wanted.map { row in
            row.enumerated().map { ($0 == names.count ? documentWeight : 1) / ($1 + 1) }
        }
        keepsSizes = count == items.count
        sizes = shares.sizes(of: count)
        has = wanted.map { $0.map { _ in 0 } }
        assigned = [Int](repeating: 0, count: count)
        generator = SeededGenerator(seed: seed).derived("split")
    }

    /// The set of each group.
    mutating func assignment() -> [Int] {
        let order = Array(assigned.indices).shuffled(using: &generator)
        var place = 0
        for (set, size) in sizes.enumerated() {
            for group in order[place..<place + size] {
                assigned[group] = set
                add(weights[group], 1, to: set)
            }
            place += size
        }
        improve(order)
        return assigned
    }

    private mutating func improve(_ order: [Int]) {
        guard sizes.count > 1 else { return }
        var trials = 0
        for _ in 0..<Self.maxPasses {
            var hasImproved = false
            for group in order {
                if trials > Self.maxTrials { return }
                trials += Self.partners
                if !keepsSizes, move(group) { hasImproved = true }
                if exchange(group, order) { hasImproved = true }
            }
            if !hasImproved { return }
        }
    }

    /// Moves a group to the set where it helps most, unless its set would be empty.
    private mutating func move(_ group: Int) -> Bool {
        let from = assigned[group]
        guard has[from][has[from].count - 1] > documents(of: group) else { return false }
        var best = (gain: 1e-9, set: from)
        for set in has.indices where set != from {
            let gain = -(change(weights[group], -1, in: from) + change(weights[group], 1, in: set))
            if gain > best.gain { best = (gain, set) }
        }
        if best.set == from { return false }
        shift(group, to: best.set)
        return true
    }

    /// Exchanges a group for the best of some random ones of other sets.
    private mutating func exchange(_ group: Int, _ order: [Int]) -> Bool {
        let from = assigned[group]
        var best = (gain: 1e-9, partner: group)
        for _ in 0..<Self.partners {
            let partner = order[Int(generator.next(upperBound: UInt64(order.count)))]
            let set = assigned[partner]
            if set == from { continue }
            let difference = Self.difference(weights[partner], weights[group])
            let gain = -(change(difference, 1, in: from) + change(difference, -1, in: set))
            if gain > best.gain { best = (gain, partner) }
        }
        if best.partner == group { return false }
        let set = assigned[best.partner]
        shift(best.partner, to: from)
        shift(group, to: set)
        return true
    }

    private mutating func shift(_ group: Int, to set: Int) {
        add(weights[group], -1, to: assigned[group])
        add(weights[group], 1, to: set)
        assigned[group] = set
    }

    private mutating func add(_ weights: [(column: Int, count: Double)], _ sign: Double, to set: Int) {
        for (column, count) in weights { has[set][column] += sign * count }
    }

    private func documents(of group: Int) -> Double { weights[group].last?.count ?? 0 }

    /// By how much the distance grows if a set gets more.
    private func change(_ weights: [(column: Int, count: Double)], _ sign: Double, in set: Int) -> Double {
        var change = 0.0
        for (column, count) in weights {
            let distance = has[set][column] - wanted[set][column]
            let moved = distance + sign * count
            change += (moved * moved - distance * distance) * factors[set][column]
        }
        return change
    }

    /// One group's counts minus another's.
    private static func difference(
        _ left: [(column: Int, count: Double)], _ right: [(column: Int, count: Double)]
    ) -> [(column: Int, count: Double)] {
        var result: [(column: Int, count: Double)] = []
        var (first, second) = (0, 0)
        while first < left.count || second < right.count {
            if second == right.count || first < left.count && left[first].column < right[second].column {
                result.append(left[first])
                first += 1
            } else if first == left.count || right[second].column < left[first].column {
                result.append((right[second].column, -right[second].count))
                second += 1
            } else {
                result.append((left[first].column, left[first].count - right[second].count))
                first += 1
                second += 1
            }
        }
        return result
    }
}
