/// The file formats of annotated and plain notes.
public enum CorpusFormat: String, Codable, CaseIterable, Sendable {
    /// i2b2 2014-style XML, one file a note: `TEXT` in CDATA, standoff `TAGS`.
    case i2b2
    /// brat standoff: `NAME.txt` with `NAME.ann`.
    case brat
    /// JSON Lines of clinner: one document a line.
    case jsonl
    /// Plain text, one file a note.
    case text
    /// CSV, TSV or JSON objects with a column of text.
    case table

    /// The endings of file names that hold notes or annotations in this format, without a final `.gz`.
    var extensions: [String] {
        switch self {
        case .i2b2: ["xml"]
        case .brat: ["ann", "txt"]
        case .jsonl: ["jsonl"]
        case .text: ["txt"]
        case .table: ["csv", "tsv", "json"]
        }
    }

    /// What a folder in this format holds, for messages.
    var contents: String {
        switch self {
        case .i2b2: "i2b2 XML files (.xml)"
        case .brat: "brat files (.txt, .ann)"
        case .jsonl: "JSON Lines files (.jsonl)"
        case .text: "text files (.txt)"
        case .table: "tables (.csv, .tsv, .json)"
        }
    }
}
