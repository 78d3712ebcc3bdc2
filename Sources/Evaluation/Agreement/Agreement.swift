import ClinicalText

/// Compares two annotations of the same notes, neither of which is taken to be right.
public enum Agreement {
    /// Counts what the two annotations share and lists what they do not.
    ///
    /// Mentions are paired one to one: equal ones, then overlapping ones of the same type, then those at the same
    /// place with another type, then overlapping ones of another type. The same input always gives the same pairs.
    ///
    /// - Throws: ``AgreementError`` when the two sides do not hold the same documents with the same text.
    public static func between(_ first: [Document], _ second: [Document]) throws -> AgreementResult {
        let places = try self.places(first, second)
        var types: [String: AgreementResult.TypeAgreement] = [:]
        var words = WordAgreement()
        var disagreements: [Disagreement] = []
        for (document, place) in zip(first, places) {
            let pairs = AnnotationPairs(first: document.entities, second: second[place].entities)
            pairs.count(in: &types)
            words.add(document.text, document.entities, second[place].entities)
            disagreements += pairs.disagreements(in: document)
        }
        return AgreementResult(
            documents: first.count, types: types.values.sorted { $0.type < $1.type }, words: words.result,
            disagreements: disagreements)
    }

    private static func places(_ first: [Document], _ second: [Document]) throws -> [Int] {
        do {
            return try DocumentPairing.places(gold: first, predicted: second)
        } catch let error as EvaluationError {
            throw AgreementError(error)
        }
    }
}
