import Foundation
import Yams

/// Configuration as YAML, keys in the order of the alphabet, so that equal configurations give equal texts.
enum YAMLText {
    /// The whole of `section`, defaults included.
    static func of(_ section: some ConfigurationSection) throws -> String {
        let encoder = YAMLEncoder()
        encoder.options.sortKeys = true
        return try encoder.encode(section)
    }

    /// A value on one line, as an override takes it; JSON is YAML.
    static func flow(of value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Settings of ours are always encodable.
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
