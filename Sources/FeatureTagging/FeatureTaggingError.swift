import Essentials

/// A feature-based tagger that cannot be trained or used.
public enum FeatureTaggingError: UserFacingError, Equatable {
    /// There is nothing to learn from.
    case noSentences
    /// A setting has a value that is not supported.
    case unsupportedSetting(fault: String)
    /// The settings file of a tagger folder is not what clinner writes.
    case malformedSettings(path: String, reason: String)
    /// The folder holds another kind of tagger.
    case otherKind(path: String, found: String)
    /// The file of weights is damaged or not one.
    case damagedWeights(path: String, reason: String)
    /// The file of weights is of a format that this version does not read.
    case unsupportedVersion(path: String, found: Int, supported: Int)
    /// The settings and the weights belong to different taggers.
    case mismatch(path: String, reason: String)

    /// Where, what and what to do.
    public var description: String {
        switch self {
        case .noSentences: "the training corpus holds no sentences"
        case .unsupportedSetting(let fault): fault
        case .malformedSettings(let path, let reason): "\(path): \(reason)"
        case .otherKind(let path, let found):
            "\(path): kind is \(found); expected \(FeatureTaggerSettings.kind), a feature-based tagger"
        case .damagedWeights(let path, let reason): "\(path): damaged: \(reason); train the tagger again"
        case .unsupportedVersion(let path, let found, let supported):
            "\(path): format \(found) is not supported; this version reads format \(supported)"
        case .mismatch(let path, let reason): "\(path): \(reason); take both files from the same tagger"
        }
    }

    /// Bad data, or usage for settings.
    public var exitCode: ExitCode {
        switch self {
        case .unsupportedSetting: .usage
        default: .badData
        }
    }
}
