import Essentials
import Foundation

/// How a BERT model wants its text prepared, from `tokenizer_config.json`.
public struct TokenizerConfiguration: Hashable, Sendable {
    /// Whether text is lower-cased.
    public var lowercases = true
    /// Whether accents are removed; as a rule where text is lower-cased.
    public var stripsAccents = true
    /// Whether every Chinese character is a word.
    public var separatesIdeographs = true

    /// Makes the configuration of the uncased models.
    public init() {}

    /// Reads `tokenizer_config.json` from a model folder; without the file, or a key in it, text is lower-cased,
    /// accents are removed with it and Chinese characters are separated.
    ///
    /// - Throws: ``TokenizationError/badConfiguration(path:key:expected:)``.
    public init(folder: String) throws {
        let path = "\(folder)/tokenizer_config.json"
        guard FileManager.default.fileExists(atPath: path) else { return }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.unreadable(path: path, reason: "the system refused to open it")
        }
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw TokenizationError.badConfiguration(path: path, key: "", expected: "a JSON object")
        }
        func flag(_ key: String) throws -> Bool? {
            guard let value = object[key], !(value is NSNull) else { return nil }
            guard let flag = value as? Bool else {
                throw TokenizationError.badConfiguration(path: path, key: key, expected: "true, false or null")
            }
            return flag
        }
        lowercases = try flag("do_lower_case") ?? true
        stripsAccents = try flag("strip_accents") ?? lowercases
        separatesIdeographs = try flag("tokenize_chinese_chars") ?? true
    }
}
