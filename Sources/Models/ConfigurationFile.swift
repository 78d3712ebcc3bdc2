import Essentials
import Foundation

/// A JSON object of settings that reports what is wrong with its file and key.
struct ConfigurationFile {
    let path: String
    private(set) var values: [String: Any]

    /// Reads the object at `path`.
    ///
    /// - Throws: ``FileError`` or ``ModelError/malformedConfiguration(path:reason:)``.
    init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw FileError.missing(path: path, hint: "expected the configuration of a model")
        }
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw FileError.unreadable(path: path, reason: error.localizedDescription)
        }
        guard let object = try? JSONSerialization.jsonObject(with: data), let values = object as? [String: Any] else {
            throw ModelError.malformedConfiguration(path: path, reason: "not a JSON object")
        }
        self.path = path
        self.values = values
    }

    /// A whole number of at least `minimum`; `standard` where the key is missing, if there is one.
    func integer(_ key: String, atLeast minimum: Int = 1, standard: Int? = nil) throws -> Int {
        guard let value = present(key) else {
            if let standard { return standard }
            throw ModelError.missingKey(path: path, key: key)
        }
        guard let number = value as? Int, number >= minimum else {
            throw ModelError.unsupportedValue(
                path: path, key: key, found: "\(value)", supported: "whole numbers from \(minimum)")
        }
        return number
    }

    /// A number in a range; `standard` where the key is missing.
    func number(_ key: String, in range: Range<Double>, standard: Double) throws -> Double {
        guard let value = present(key) else { return standard }
        guard let number = value as? Double, range.contains(number) else {
            throw ModelError.unsupportedValue(
                path: path, key: key, found: "\(value)",
                supported: "numbers from \(range.lowerBound) to below \(range.upperBound)")
        }
        return number
    }

    /// Throws unless the key has one of the values; a missing key counts as `standard`.
    func require(_ key: String, oneOf supported: [String], standard: String) throws {
        let value = present(key) ?? standard
        guard let text = value as? String, supported.contains(text) else {
            throw ModelError.unsupportedValue(
                path: path, key: key, found: "\(value)", supported: supported.joined(separator: ", "))
        }
    }

    /// JSON's null is as good as no key.
    private func present(_ key: String) -> Any? {
        guard let value = values[key], !(value is NSNull) else { return nil }
        return value
    }

    /// The object with some values replaced, as a file's bytes.
    static func encoded(_ values: [String: Any]) throws -> Data {
        try JSONSerialization.data(
            withJSONObject: values, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
            + Data("\n".utf8)
    }
}
