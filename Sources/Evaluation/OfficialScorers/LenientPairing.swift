import ClinicalText

/// The pairing of the n2c2 2018 script, for one document.
enum LenientPairing {
    /// How spans are compared.
    enum Mode: String, CaseIterable {
        case strict
        case lenient
    }

    /// The gold items of one key, found by their first span.
    private struct Group {
        let places: [Int]
        let lookup: SpanLookup
    }

    /// Counts matches as the script does.
    static func counts<Item: ScoredItem>(_ gold: [Item], _ predicted: [Item], mode: Mode) -> Counts {
        let groups = Dictionary(grouping: gold.indices) { gold[$0].key }.mapValues { places in
            Group(places: places, lookup: SpanLookup(places.map { gold[$0].spans[0] }))
        }
        var isTaken = [Bool](repeating: false, count: gold.count)
        var (right, kept) = (0, 0)
        for item in predicted {
            let found = groups[item.key].map { matches(of: item, among: gold, $0, mode) } ?? []
            if found.contains(where: { isTaken[$0] }) {
                // Not kept: another prediction has found one of these already.
            } else {
                kept += 1
                if !found.isEmpty { right += 1 }
            }
            for place in found { isTaken[place] = true }
        }
        return Counts(truePositives: right, falsePositives: kept - right, falseNegatives: gold.count - right)
    }

    private static func matches<Item: ScoredItem>(
        of item: Item, among gold: [Item], _ group: Group, _ mode: Mode
    ) -> [Int] {
        let found = mode == .strict ? group.lookup.equal(to: item.spans[0]) : group.lookup.overlapping(item.spans[0])
        return found.map { group.places[$0] }.filter { place in
            zip(item.spans, gold[place].spans).allSatisfy {
                mode == .strict ? $0 == $1 : $0.overlaps($1)
            }
        }
    }
}
