import ClinicalText

/// Finds the predictions of each gold document.
public enum DocumentPairing {
    /// For each gold document, in their order, the place of its predictions in `predicted`.
    ///
    /// - Parameter comparingText: whether the texts must be the same, as they must where offsets are compared.
    /// - Throws: ``EvaluationError`` when the two sides do not hold the same documents with the same text.
    public static func places(
        gold: [Document], predicted: [Document], comparingText: Bool = true
    ) throws -> [Int] {
        _ = try placesByID(gold, side: "gold")
        var places = try placesByID(predicted, side: "predicted")
        let found = gold.map { places.removeValue(forKey: $0.id) }
        let missing = zip(gold, found).filter { $1 == nil }.map(\.0.id)
        guard missing.isEmpty else { throw EvaluationError.missingPredictions(documents: missing) }
        guard places.isEmpty else {
            throw EvaluationError.missingGold(documents: predicted.map(\.id).filter { places[$0] != nil })
        }
        let pairs = found.compactMap { $0 }
        guard comparingText else { return pairs }
        // Compared as bytes: strings that are canonically equivalent have different offsets.
        let different = zip(gold, pairs).filter { !$0.text.utf8.elementsEqual(predicted[$1].text.utf8) }.map(\.0.id)
        guard different.isEmpty else { throw EvaluationError.differentText(documents: different) }
        return pairs
    }

    private static func placesByID(_ documents: [Document], side: String) throws -> [String: Int] {
        var places: [String: Int] = [:]
        var repeated: [String] = []
        for (place, document) in documents.enumerated() where places.updateValue(place, forKey: document.id) != nil {
            repeated.append(document.id)
        }
        guard repeated.isEmpty else { throw EvaluationError.repeatedDocuments(side: side, documents: repeated) }
        return places
    }
}
