import Essentials
import Foundation

/// What the folder of a feature-based tagger says about itself beside the weights, in `clinner.json`.
public struct FeatureTaggerSettings: Hashable, Sendable, Codable {
    /// The file's name within the folder.
    public static let fileName = "clinner.json"
    /// What tells this kind of tagger from others.
    public static let kind = "feature-crf"

    /// The kind of tagger.
    public var kind = FeatureTaggerSettings.kind
    /// The format of the file.
    public var version = 1
    /// The entity types, in the order of their tags.
    public var entityTypes: [String]
    /// What of words the tagger looks at.
    public var templates: FeatureTemplates
    /// How the tagger was made (run, settings, scores), for people.
    public var training: [String: String]

    /// Makes settings.
    public init(entityTypes: [String], templates: FeatureTemplates, training: [String: String] = [:]) {
        self.entityTypes = entityTypes
        self.templates = templates
        self.training = training
    }

    /// Reads the file at `path`.
    ///
    /// - Throws: `FileError`, or ``FeatureTaggingError`` naming what is wrong.
    public init(contentsOf path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.missing(path: path, hint: "expected a folder of a feature-based tagger")
        }
        struct Kind: Decodable { var kind: String? }
        let decoder = JSONDecoder()
        guard let found = try? decoder.decode(Kind.self, from: data) else {
            throw FeatureTaggingError.malformedSettings(path: path, reason: "not the JSON of a tagger's settings")
        }
        guard found.kind == Self.kind else {
            throw FeatureTaggingError.otherKind(path: path, found: found.kind ?? "not given")
        }
        do {
            self = try decoder.decode(FeatureTaggerSettings.self, from: data)
        } catch DecodingError.keyNotFound(let key, let context) {
            let keys = context.codingPath.map(\.stringValue) + [key.stringValue]
            throw FeatureTaggingError.malformedSettings(
                path: path, reason: "the key \(keys.joined(separator: ".")) is missing")
        } catch DecodingError.typeMismatch(let type, let context) {
            let keys = context.codingPath.map(\.stringValue).joined(separator: ".")
            throw FeatureTaggingError.malformedSettings(path: path, reason: "\(keys) is no \(type)")
        } catch {
            throw FeatureTaggingError.malformedSettings(path: path, reason: "not the JSON of a tagger's settings")
        }
        guard version == 1 else {
            throw FeatureTaggingError.unsupportedVersion(path: path, found: version, supported: 1)
        }
        guard Set(entityTypes).count == entityTypes.count, !entityTypes.isEmpty else {
            throw FeatureTaggingError.malformedSettings(
                path: path, reason: "entityTypes must be a list without repetitions")
        }
        if let fault = templates.fault { throw FeatureTaggingError.malformedSettings(path: path, reason: fault) }
    }

    /// The file's bytes.
    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}
