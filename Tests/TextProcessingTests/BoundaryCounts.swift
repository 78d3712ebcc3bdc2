/// How found boundaries agree with gold ones.
struct BoundaryCounts {
    private(set) var gold = 0
    private(set) var found = 0
    private(set) var both = 0

    mutating func add<Boundary: Hashable>(gold: Set<Boundary>, found: Set<Boundary>) {
        self.gold += gold.count
        self.found += found.count
        both += gold.intersection(found).count
    }

    var precision: Double { found == 0 ? 1 : Double(both) / Double(found) }

    var recall: Double { gold == 0 ? 1 : Double(both) / Double(gold) }

    var f1: Double { gold + found == 0 ? 1 : 2 * Double(both) / Double(gold + found) }
}
