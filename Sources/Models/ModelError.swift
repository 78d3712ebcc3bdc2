import Essentials

/// A model folder that cannot be used.
public enum ModelError: UserFacingError, Equatable {
    /// A configuration file is not JSON or not an object.
    case malformedConfiguration(path: String, reason: String)
    /// A configuration file lacks a key.
    case missingKey(path: String, key: String)
    /// A key has a value that is not supported.
    case unsupportedValue(path: String, key: String, found: String, supported: String)
    /// The vocabulary and the weights belong to different models.
    case vocabularyMismatch(vocabulary: String, pieces: Int, weights: String, rows: Int)

    /// Where, what and what to do.
    public var description: String {
        switch self {
        case .malformedConfiguration(let path, let reason):
            "\(path): \(reason)"
        case .missingKey(let path, let key):
            "\(path): the key \(key) is missing"
        case .unsupportedValue(let path, let key, let found, let supported):
            "\(path): \(key) is \(found); supported: \(supported)"
        case .vocabularyMismatch(let vocabulary, let pieces, let weights, let rows):
            "\(vocabulary): \(pieces) pieces, but \(weights) has embeddings for \(rows); "
                + "take both files from the same model"
        }
    }

    /// Bad data.
    public var exitCode: ExitCode { .badData }
}
