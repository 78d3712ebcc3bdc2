/// Gives documents different ids: the second `a` becomes `a~2`, or the next number that no document has.
struct UniqueNames {
    private let given: Set<String>
    private var taken: Set<String> = []
    private var last: [String: Int] = [:]

    /// - Parameter given: the ids that documents bring along, which others must not get.
    init(given: Set<String>) { self.given = given }

    /// The id of the next document, which brings `id` along.
    mutating func name(for id: String) -> String {
        guard !taken.insert(id).inserted else { return id }
        var number = last[id, default: 1]
        var name: String
        repeat {
            number += 1
            name = "\(id)~\(number)"
        } while given.contains(name) || !taken.insert(name).inserted
        last[id] = number
        return name
    }
}
