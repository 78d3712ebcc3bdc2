import Essentials

/// Two annotations that are not of the same notes.
public enum AgreementError: UserFacingError, Equatable {
    /// Documents that only one of the two holds; `side` is `first` or `second`.
    case onlyIn(side: String, documents: [String])
    /// Documents whose text differs, so that offsets mean different places.
    case differentText(documents: [String])
    /// Identifiers that occur more than once on one side.
    case repeatedDocuments(side: String, documents: [String])

    /// The same trouble in the words of two annotators instead of gold and predictions.
    init(_ error: EvaluationError) {
        self =
            switch error {
            case .missingPredictions(let documents): .onlyIn(side: "first", documents: documents)
            case .missingGold(let documents): .onlyIn(side: "second", documents: documents)
            case .differentText(let documents): .differentText(documents: documents)
            case .repeatedDocuments(let side, let documents):
                .repeatedDocuments(side: side == "gold" ? "first" : "second", documents: documents)
            }
    }

    /// What does not fit, naming documents only.
    public var description: String {
        switch self {
        case .onlyIn(let side, let documents):
            "\(EvaluationError.list(documents)) only in the \(side) annotation; compare annotations of the same notes"
        case .differentText(let documents):
            "\(EvaluationError.list(documents)) with different text in the two annotations, so that offsets cannot be "
                + "compared; both must annotate the same text"
        case .repeatedDocuments(let side, let documents):
            "\(EvaluationError.list(documents)) more than once in the \(side) annotation; identifiers must be unique"
        }
    }

    /// Bad data.
    public var exitCode: ExitCode { .badData }
}
