import ClinicalText

/// When a prediction counts as finding a gold mention.
public enum MatchingRule: String, Codable, Hashable, Sendable {
    /// Same type and same list of spans.
    case strict

    /// Pairs gold and predicted entities of one document one to one, as places in the two arrays, in the order of the
    /// gold ones.
    ///
    /// A prediction that repeats another finds the second of two equal gold mentions or nothing; of equal entities the
    /// earlier ones are paired first.
    public func pairs(gold: [Entity], predicted: [Entity]) -> [(gold: Int, predicted: Int)] {
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
}
