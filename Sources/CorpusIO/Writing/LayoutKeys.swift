/// Keys of metadata and attributes that only help to write a file in the layout it was read from.
///
/// What they hold is no statement about the note, so that another format does not lose anything without them.
enum LayoutKeys {
    private static let prefixes: Set = [
        "autoner", "bioc", "brat", "conll", "doccano", "i2b2", "label-studio", "prodigy", "pubtator", "spacy", "tokens",
        "wrench", "xmi",
    ]

    /// Whether a key is one of these: `file`, `line`, or the name of a format and a dot.
    static func contains(_ key: String) -> Bool {
        key == "file" || key == "line" || isOfFormat(key)
    }

    /// Whether a key is the name of a format and a dot, and more.
    static func isOfFormat(_ key: String) -> Bool {
        guard let dot = key.utf8.firstIndex(of: UInt8(ascii: ".")) else { return false }
        return prefixes.contains(String(key[..<dot]))
    }

    /// The metadata that say something about the note itself.
    static func ofNote(_ metadata: [String: String]) -> [String: String] { metadata.filter { !contains($0.key) } }

    /// The attributes that say something about the mention or relation itself.
    static func ofMention(_ attributes: [String: String]) -> [String: String] {
        attributes.filter { !isOfFormat($0.key) }
    }
}
