import Essentials
import Foundation
import Tokenization

/// What a tagger folder says about itself beside the weights, in `clinner.json`: what tagging has to repeat exactly as
/// it was in training.
public struct TaggerSettings: Hashable, Sendable, Codable {
    /// The file's name within the folder.
    public static let fileName = "clinner.json"

    /// The format of the file.
    public var version = 2
    /// The entity types, in the order of their tags.
    public var entityTypes: [String]
    /// What the network is made of.
    public var architecture: TaggerArchitecture
    /// How long notes are cut.
    public var windows: WindowLayout
    /// What makes confidences come true, once it was found.
    public var calibration: Calibration?
    /// How the tagger was made (run, seed, steps, scores), for people.
    public var training: [String: String]

    /// Makes settings.
    public init(
        entityTypes: [String], architecture: TaggerArchitecture, windows: WindowLayout,
        training: [String: String] = [:]
    ) {
        self.entityTypes = entityTypes
        self.architecture = architecture
        self.windows = windows
        self.training = training
    }

    /// Reads the file at `path`.
    ///
    /// - Throws: ``FileError``, or ``ModelError`` naming the key that is missing or wrong.
    public init(contentsOf path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.missing(path: path, hint: "expected a folder that clinner train wrote")
        }
        let version = (try? JSONDecoder().decode(Version.self, from: data))?.version
        guard version == nil || version == 2 else {
            throw ModelError.unsupportedValue(
                path: path, key: "version", found: "\(version ?? 0)", supported: "2; train the tagger again")
        }
        do {
            self = try JSONDecoder().decode(TaggerSettings.self, from: data)
        } catch DecodingError.keyNotFound(let key, let context) {
            let keys = context.codingPath.map(\.stringValue) + [key.stringValue]
            throw ModelError.missingKey(path: path, key: keys.joined(separator: "."))
        } catch DecodingError.typeMismatch(let type, let context) {
            throw ModelError.malformedConfiguration(
                path: path, reason: "\(context.codingPath.map(\.stringValue).joined(separator: ".")) is no \(type)")
        } catch {
            throw ModelError.malformedConfiguration(path: path, reason: "not the JSON of a tagger's settings")
        }
        guard Set(entityTypes).count == entityTypes.count, !entityTypes.isEmpty else {
            throw ModelError.unsupportedValue(
                path: path, key: "entityTypes", found: "\(entityTypes)", supported: "a list without repetitions")
        }
        guard architecture.lstmUnits >= 0, architecture.characterUnits >= 0,
            (0..<1).contains(architecture.dropout)
        else {
            throw ModelError.unsupportedValue(
                path: path, key: "architecture", found: "\(architecture)",
                supported: "lstmUnits and characterUnits from 0, dropout in 0 ..< 1")
        }
        guard calibration.map({ $0.temperature > 0 && $0.temperature.isFinite }) ?? true else {
            throw ModelError.unsupportedValue(
                path: path, key: "calibration.temperature", found: "\(calibration?.temperature ?? 0)",
                supported: "more than 0")
        }
        guard windows.maxPieces >= 3, (0..<windows.capacity).contains(windows.overlap) else {
            throw ModelError.unsupportedValue(
                path: path, key: "windows", found: "\(windows)", supported: "overlap from 0 to below maxPieces - 2")
        }
    }

    private struct Version: Decodable {
        var version: Int
    }

    /// Replaces the file at `path`.
    ///
    /// - Throws: `FileError.unwritable`.
    public func write(to path: String) throws { try AtomicFile.write(encoded(), to: path) }

    /// The file's bytes.
    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}
