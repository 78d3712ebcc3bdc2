import ClinicalText

/// When a prediction counts as finding a gold mention.
public enum MatchingRule: String, Codable, Hashable, Sendable {
    /// Same type and same list of spans.
    case strict
    /// Same type, and the hulls share at least one byte.
    case overlapping

    /// Pairs gold and predicted entities of one document one to one, as places in the two arrays, in the order of the
    /// gold ones.
    ///
    /// Equal mentions are paired first under either rule: a prediction that repeats another finds the second of two
    /// equal gold mentions or nothing, and of equal entities the earlier ones are paired first. Of the rest,
    /// `overlapping` pairs as many as possible.
    public func pairs(gold: [Entity], predicted: [Entity]) -> [(gold: Int, predicted: Int)] {
        let equal = Self.equalPairs(gold: gold, predicted: predicted)
        switch self {
        case .strict: return equal
        case .overlapping:
            let more = Self.overlappingPairs(
                gold: gold, predicted: predicted, without: equal)
            return (equal + more).sorted { $0.gold < $1.gold }
        }
    }

    private static func equalPairs(gold: [Entity], predicted: [Entity]) -> [(gold: Int, predicted: Int)] {
        struct Key: Hashable {
            let type: String
            let spans: [TextSpan]
        }
        // Places of equal predictions, the first on top of the stack.
        var places: [Key: [Int]] = [:]
        for (place, entity) in predicted.enumerated().reversed() {
            places[Key(type: entity.type, spans: entity.spans), default: []].append(place)
        }
        return gold.enumerated().compactMap { place, entity in
            places[Key(type: entity.type, spans: entity.spans)]?.popLast().map { (place, $0) }
        }
    }

    private static func overlappingPairs(
        gold: [Entity], predicted: [Entity], without paired: [(gold: Int, predicted: Int)]
    ) -> [(gold: Int, predicted: Int)] {
        let goldPlaces = freePlaces(of: gold, taken: paired.map(\.gold))
        let predictedPlaces = freePlaces(of: predicted, taken: paired.map(\.predicted))
        return goldPlaces.flatMap { type, places -> [(gold: Int, predicted: Int)] in
            guard let others = predictedPlaces[type] else { return [] }
            return IntervalMatching.pairs(places.map { gold[$0].hull }, others.map { predicted[$0].hull })
                .map { (places[$0.first], others[$0.second]) }
        }
    }

    private static func freePlaces(of entities: [Entity], taken: [Int]) -> [String: [Int]] {
        let taken = Set(taken)
        return Dictionary(grouping: entities.indices.filter { !taken.contains($0) }) { entities[$0].type }
    }
}
