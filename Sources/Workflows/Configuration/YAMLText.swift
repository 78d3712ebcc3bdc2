import Yams

/// Configuration as YAML, keys in the order of the alphabet, so that equal configurations give equal texts.
enum YAMLText {
    /// The whole of `section`, defaults included.
    static func of(_ section: some ConfigurationSection) throws -> String {
        let encoder = YAMLEncoder()
        encoder.options.sortKeys = true
        return try encoder.encode(section)
    }
}
