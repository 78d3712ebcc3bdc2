/// What documents remember of an AutoNER file.
enum AutoNERKeys {
    /// Of a document: the tokens, counted from 0, before which nobody knows whether there is a break, separated by
    /// blanks; there, as an empty string, if the file has a column for it.
    static let unknown = "autoner.unknown"
    /// Of a document: the tokens tied to the one before them outside all mentions.
    static let ties = "autoner.ties"
    /// What says so: the dictionaries of AutoNER.
    static let evidence = "autoner"

    /// Numbers as text.
    static func encoded(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: " ") }

    /// The numbers of a text.
    static func decoded(_ text: String?) -> Set<Int> {
        Set((text ?? "").utf8.split(separator: UInt8(ascii: " ")).compactMap { Int(Substring($0)) })
    }
}
