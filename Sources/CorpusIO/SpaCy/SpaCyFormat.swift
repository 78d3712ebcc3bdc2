import ClinicalText
import Essentials

/// JSON Lines that spaCy is trained from: `text` with `entities`, `ents` or `spans` as `[start, end, label]`, the older
/// `[text, {"entities": …}]`, and what `Doc.to_json` writes, whose `ents` are objects.
///
/// Format: https://spacy.io/api/data-formats; offsets count code points.
enum SpaCyFormat: WritableFormat {
    static let format = CorpusFormat.spacy
    static let contents = "spaCy's JSON Lines (.jsonl, .json)"
    static let extensions = ["jsonl", "json"]
    static let readsFilesAlone = true
    static let writesFolder = false

    /// Of a document: how its record is laid out, a ``Layout``.
    static let layoutKey = "spacy.layout"
    /// Members that the document has no field for.
    static let extras = JSONExtras(prefix: "spacy.")

    /// How a record holds its entities.
    struct Layout: Equatable {
        /// The member that holds the entities.
        var member = "entities"
        /// Whether the record is `[text, {…}]`.
        var isPair = false
        /// Whether entities are objects.
        var hasObjects = false

        /// The words that ``text`` is made of.
        static let members = ["entities", "ents", "spans"]

        init() {}

        /// A layout that ``text`` describes.
        init?(_ text: String?) {
            guard let words = text?.split(separator: " ").map(String.init), let member = words.first,
                Self.members.contains(member)
            else { return nil }
            self.member = member
            isPair = words.contains("pair")
            hasObjects = words.contains("objects")
        }

        /// In words: `ents objects`.
        var text: String { member + (isPair ? " pair" : "") + (hasObjects ? " objects" : "") }
    }

    static func recognizes(_ head: FileHead) -> Bool {
        guard head.firstByte == UInt8(ascii: "{") || head.firstByte == UInt8(ascii: "[") else { return false }
        let sketch = JSONSketch(head.bytes)
        if sketch.has("_input_hash") || sketch.isOurs { return false }
        if sketch.has("entities[][]") || sketch.has("ents[]") || sketch.has("spans[][]") { return true }
        // Without any entity in sight; our own records have an id.
        return sketch.has("entities[]") && !sketch.has("entities[]{}") && !sketch.has("id")
    }

    static func parts(of unit: FileUnit, options: ReadOptions) throws -> any PartReader {
        try JSONRecordParts(unit.main, options: options) { try SpaCyReader.document(of: $0, context: &$1) }
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try AtomicFile.write(to: path) { writer in
            try feed { try writer.write(SpaCyWriter.line(of: $0, context: context) + "\n") }
        }
    }
}
