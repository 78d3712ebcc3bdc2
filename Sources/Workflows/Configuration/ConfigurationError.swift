import Essentials

/// A configuration file that cannot be used as it stands.
public enum ConfigurationError: UserFacingError, Equatable {
    /// The file is not YAML.
    case notYAML(file: String, line: Int?, reason: String)
    /// The file holds something other than a mapping of keys.
    case notMapping(file: String, line: Int?, key: String)
    /// A key that no section has; `nearest` is the one most likely meant.
    case unknownKey(file: String, line: Int?, key: String, nearest: String?, valid: [String])
    /// A value of the wrong kind, or not one of a fixed set.
    case wrongValue(file: String, line: Int?, key: String, expected: String)
    /// A key without which the step cannot run.
    case missingKey(file: String, key: String, reason: String)
    /// An entity type that no gold note has.
    case unknownEntityType(file: String, key: String, type: String, nearest: String?, found: [String])
    /// The run folder was made with another configuration.
    case runDiffers(run: String, file: String, keys: [String])

    /// Where, what, and what to do.
    public var description: String {
        switch self {
        case .notYAML(let file, let line, let reason):
            return "\(Self.place(file, line)): not valid YAML: \(reason)"
        case .notMapping(let file, let line, let key):
            return "\(Self.place(file, line)): "
                + (key.isEmpty ? "the file must hold keys and values" : "`\(key)` must hold keys and values")
        case .unknownKey(let file, let line, let key, let nearest, let valid):
            let advice = nearest.map { "did you mean `\($0)`?" } ?? "valid here: \(valid.joined(separator: ", "))"
            return "\(Self.place(file, line)): unknown key `\(key)`; \(advice)"
        case .wrongValue(let file, let line, let key, let expected):
            return "\(Self.place(file, line)): `\(key)` must be \(expected)"
        case .missingKey(let file, let key, let reason):
            return "\(file): `\(key)` is not set: \(reason)"
        case .unknownEntityType(let file, let key, let type, let nearest, let found):
            let advice =
                nearest.map { "did you mean `\($0)`?" } ?? "the gold notes have: \(found.joined(separator: ", "))"
            return "\(file): `\(key)`: no gold note has an entity of type `\(type)`; \(advice)"
        case .runDiffers(let run, let file, let keys):
            return "\(run): made with another configuration than \(file) (\(keys.joined(separator: ", ")) differ); "
                + "run without --resume to start over, or set another `name`"
        }
    }

    /// A wrong configuration is wrong usage.
    public var exitCode: ExitCode { .usage }

    private static func place(_ file: String, _ line: Int?) -> String { line.map { "\(file):\($0)" } ?? file }
}
