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
        if key == "file" || key == "line" { return true }
        guard let dot = key.utf8.firstIndex(of: UInt8(ascii: ".")) else { return false }
        return prefixes.contains(String(key[..<dot]))
    }
}
