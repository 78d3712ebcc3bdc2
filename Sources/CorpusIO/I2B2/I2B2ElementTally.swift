/// Counts the elements that the types of a corpus stand under.
struct I2B2ElementTally {
    private struct Pair: Hashable {
        var type: String
        var element: String
    }

    private var counts: [Pair: Int] = [:]
    /// The pairs met last, by a cheap number of their type: a corpus has few pairs, and looking a string up in a
    /// dictionary for each entity would take a tenth of the time of reading.
    private var recent = [(pair: Pair, count: Int)](repeating: (Pair(type: "", element: ""), 0), count: 64)

    /// Counts an entity of a type; its element is called like its type, or as the entity remembers.
    mutating func add(type: String, element: String?) {
        let element = element ?? type
        let bytes = type.utf8
        let place = (31 * bytes.count + 7 * Int(bytes.first ?? 0) + Int(bytes.last ?? 0)) % recent.count
        if recent[place].pair.type == type, recent[place].pair.element == element {
            recent[place].count += 1
        } else {
            counts[recent[place].pair, default: 0] += recent[place].count
            recent[place] = (Pair(type: type, element: element), 1)
        }
    }

    /// For each type the element that it stands under most often; of several the first in their order.
    var mostFrequent: [String: String] {
        var all = counts
        for (pair, count) in recent { all[pair, default: 0] += count }
        var best: [String: (element: String, count: Int)] = [:]
        for (pair, count) in all where count > 0 {
            if let known = best[pair.type], (known.count, pair.element) >= (count, known.element) { continue }
            best[pair.type] = (pair.element, count)
        }
        return best.mapValues(\.element)
    }
}
