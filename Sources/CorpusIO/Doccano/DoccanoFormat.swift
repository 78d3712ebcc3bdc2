import ClinicalText
import Essentials

/// doccano's JSON Lines: `label` or `labels` with `[start, end, label]`, or `entities` and `relations` with ids.
///
/// Format: https://doccano.github.io/doccano/; offsets count code points.
enum DoccanoFormat: WritableFormat {
    static let format = CorpusFormat.doccano
    static let contents = "doccano's JSON Lines (.jsonl, .json)"
    static let extensions = ["jsonl", "json"]
    static let readsFilesAlone = true
    static let writesFolder = false

    /// Of a document: how its entities are written, a ``Schema``.
    static let schemaKey = "doccano.schema"
    /// Of a document: the member that holds its text, where that is not `text`.
    static let textKey = "doccano.text"
    /// Members that the document has no field for.
    static let extras = JSONExtras(prefix: "doccano.")

    /// How a record holds its entities.
    enum Schema: String {
        /// `"label": [[0, 5, "Drug"]]`.
        case label
        /// `"labels": [[0, 5, "Drug"]]`.
        case labels
        /// `"entities": [{"id": 1, "label": "Drug", "start_offset": 0, "end_offset": 5}]`.
        case entities
        /// `"entities": [[0, 5, "Drug"]]`, as projects with labels of the whole text export it.
        case triples
        /// Neither: a record that nobody has annotated.
        case unannotated
    }

    static func recognizes(_ head: FileHead) -> Bool {
        guard head.firstByte == UInt8(ascii: "{") || head.firstByte == UInt8(ascii: "[") else { return false }
        let sketch = JSONSketch(head.bytes)
        guard sketch.has("text") || sketch.has("data"), !sketch.has("_input_hash"),
            !sketch.isOurs
        else { return false }
        return sketch.has("entities[].start_offset") || sketch.has("Comments[]") || sketch.has("comments[]")
            || sketch.has("cats[]") || sketch.has("labels[][]") || sketch.has("label[]") && !sketch.has("label[]{}")
    }

    static func parts(of unit: FileUnit, options: ReadOptions) throws -> any PartReader {
        try JSONRecordParts(unit.main, options: options) { try DoccanoReader.document(of: $0, context: &$1) }
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try AtomicFile.write(to: path) { writer in
            try feed { try writer.write(DoccanoWriter.line(of: $0, context: context) + "\n") }
        }
    }
}
