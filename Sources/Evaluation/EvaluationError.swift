import Essentials

/// Gold and predictions that do not belong together.
public enum EvaluationError: UserFacingError, Equatable {
    /// Gold documents for which no predictions were given.
    case missingPredictions(documents: [String])
    /// Documents with predictions that the gold does not hold.
    case missingGold(documents: [String])
    /// Documents whose text differs between gold and predictions, so that offsets mean different places.
    case differentText(documents: [String])
    /// Identifiers that occur more than once on one side, which is `gold` or `predicted`.
    case repeatedDocuments(side: String, documents: [String])

    /// What does not fit, naming documents only.
    public var description: String {
        switch self {
        case .missingPredictions(let documents):
            "\(Self.list(documents)) in the gold without predictions; tag the same documents that are evaluated"
        case .missingGold(let documents):
            "\(Self.list(documents)) in the predictions without gold; evaluate against the set that was tagged"
        case .differentText(let documents):
            "\(Self.list(documents)) with different text in gold and predictions, so that offsets cannot be compared; "
                + "tag the text that was annotated"
        case .repeatedDocuments(let side, let documents):
            "\(Self.list(documents)) more than once in the \(side) documents; identifiers must be unique"
        }
    }

    /// Bad data.
    public var exitCode: ExitCode { .badData }

    static func list(_ documents: [String]) -> String {
        let shown = documents.prefix(5).joined(separator: ", ")
        let more = documents.count > 5 ? " and \(documents.count - 5) more" : ""
        return "\(documents.count == 1 ? "1 document" : "\(documents.count) documents") (\(shown)\(more))"
    }
}
