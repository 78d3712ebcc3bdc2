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

    /// Reads the settings of a model folder.
    ///
    /// What `tokenizer_config.json` says counts. Where it leaves the case open, the normalizer of `tokenizer.json` says
    /// what else is open; without that, text is lower-cased, accents are removed with it and Chinese characters are
    /// separated.
    ///
    /// - Throws: ``FileError`` or ``TokenizationError/badConfiguration(path:key:expected:)``.
    public init(folder: String) throws {
        let path = "\(folder)/tokenizer_config.json"
        var object: [String: Any] = [:]
        if FileManager.default.fileExists(atPath: path) {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw FileError.unreadable(path: path, reason: "the system refused to open it")
            }
            guard let values = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
                throw TokenizationError.badConfiguration(path: path, key: "", expected: "a JSON object")
            }
            object = values
        }
        func flag(_ key: String) throws -> Bool? {
            guard let value = object[key], !(value is NSNull) else { return nil }
            guard let flag = value as? Bool else {
                throw TokenizationError.badConfiguration(path: path, key: key, expected: "true, false or null")
            }
            return flag
        }
        let lowercases = try flag("do_lower_case")
        let whole = "\(folder)/tokenizer.json"
        let file =
            lowercases == nil && FileManager.default.fileExists(atPath: whole)
            ? try TokenizerFile(contentsOf: whole) : nil
        self.lowercases = lowercases ?? file?.lowercases ?? true
        stripsAccents = try flag("strip_accents") ?? file?.stripsAccents ?? self.lowercases
        separatesIdeographs = try flag("tokenize_chinese_chars") ?? file?.separatesIdeographs ?? true
    }
}
