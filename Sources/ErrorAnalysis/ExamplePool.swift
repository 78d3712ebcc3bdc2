/// Chooses a few examples of each kind of error so that they show much: from many documents, with many surfaces.
struct ExamplePool {
    private struct Candidate {
        let document: String
        let surface: String
        let example: ErrorExample
    }

    private var candidates: [Outcome: [Candidate]] = [:]

    mutating func add(outcome: Outcome, document: String, surface: String, example: ErrorExample) {
        candidates[outcome, default: []].append(Candidate(document: document, surface: surface, example: example))
    }

    /// The chosen examples in the order of the documents; always the same for the same errors.
    ///
    /// Every document gives its first error before any gives its second; where a round has more than are wanted, they
    /// are taken at even distances. Errors with a surface that came before wait until the others are used up.
    func examples(of outcome: Outcome, limit: Int) -> [ErrorExample] {
        let all = candidates[outcome] ?? []
        var surfaces: Set<String> = []
        let isFirst = all.map { surfaces.insert($0.surface).inserted }
        let fresh = all.indices.filter { isFirst[$0] }
        let repeated = all.indices.filter { !isFirst[$0] }
        var chosen: [Int] = []
        for round in rounds(of: fresh, in: all) + rounds(of: repeated, in: all) {
            let wanted = min(limit - chosen.count, round.count)
            guard wanted > 0 else { break }
            chosen += (0..<wanted).map { round[$0 * round.count / wanted] }
        }
        return chosen.sorted().map { all[$0].example }
    }

    /// Places of candidates: the first of every document, then the second of every document, and so on.
    private func rounds(of places: [Int], in all: [Candidate]) -> [[Int]] {
        var taken: [String: Int] = [:]
        var rounds: [[Int]] = []
        for place in places {
            let round = taken[all[place].document, default: 0]
            taken[all[place].document] = round + 1
            if round == rounds.count { rounds.append([]) }
            rounds[round].append(place)
        }
        return rounds
    }
}
