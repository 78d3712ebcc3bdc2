/// Which of some things that refer to each other by ids can stand: those of which all references lead to others that
/// stand.
enum BratReferences {
    /// Something with an id of its own, or none, and the ids it refers to.
    struct Item {
        let id: String?
        let references: [String]
    }

    /// Which of `items` can stand beside things with the ids `known`; in linear time, however long the chains are.
    static func standing(_ items: [Item], known: Set<String>) -> [Bool] {
        var stands = [Bool](repeating: true, count: items.count)
        // Of an id, how many items that stand have it, and who refers to it.
        var holders: [String: Int] = [:]
        var users: [String: [Int]] = [:]
        for (index, item) in items.enumerated() {
            if let id = item.id { holders[id, default: 0] += 1 }
            for reference in item.references where !known.contains(reference) {
                users[reference, default: []].append(index)
            }
        }
        var gone = users.keys.filter { holders[$0, default: 0] == 0 }
        while let id = gone.popLast() {
            for index in users[id] ?? [] where stands[index] {
                stands[index] = false
                guard let own = items[index].id else { continue }
                holders[own, default: 0] -= 1
                if holders[own] == 0 && !known.contains(own) { gone.append(own) }
            }
        }
        return stands
    }
}
