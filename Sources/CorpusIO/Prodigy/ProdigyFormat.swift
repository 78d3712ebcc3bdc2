import ClinicalText
import Essentials

/// Prodigy's JSON Lines: `text` with `spans`, `tokens`, `relations` and an `answer`.
///
/// Format: https://prodi.gy/docs/api-interfaces; offsets count code points.
enum ProdigyFormat: WritableFormat {
    static let format = CorpusFormat.prodigy
    static let contents = "Prodigy's JSON Lines (.jsonl, .json)"
    static let extensions = ["jsonl", "json"]
    static let readsFilesAlone = true
    static let writesFolder = false

    /// Members that a document or a span has no field for, all kept as JSON: hashes, tokens, views.
    static let prefix = "prodigy."
    /// Members of `meta`, which are the document's own metadata.
    static let meta = JSONExtras(prefix: "prodigy.meta.")

    static func recognizes(_ head: FileHead) -> Bool {
        guard head.firstByte == UInt8(ascii: "{") || head.firstByte == UInt8(ascii: "[") else { return false }
        let sketch = JSONSketch(head.bytes)
        return sketch.has("_input_hash") || sketch.has("_task_hash") || sketch.has("spans[].start")
            || sketch.has("spans[]") && sketch.has("tokens[]") || sketch.has("relations[].head_span")
            || sketch.has("text") && sketch.has("answer")
    }

    static func parts(of unit: FileUnit, options: ReadOptions) throws -> any PartReader {
        try JSONRecordParts(unit.main, options: options) { try ProdigyReader.document(of: $0, context: &$1) }
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try AtomicFile.write(to: path) { writer in
            try feed { try writer.write(ProdigyWriter.line(of: $0, context: context) + "\n") }
        }
    }

    /// Keeps the members of `object` but for those that are read, each as JSON.
    static func keep(_ object: JSONObject, except read: Set<String>, in properties: inout [String: String]) {
        for member in object.members where !read.contains(member.name) {
            properties[prefix + member.name] = member.value.text
        }
    }

    /// The members that ``keep(_:except:in:)`` kept, in the order of their names.
    static func kept(in properties: [String: String], except written: Set<String> = []) -> [JSONObject.Member] {
        properties.sorted { $0.key < $1.key }.compactMap { key, text in
            guard key.hasPrefix(prefix), !key.hasPrefix(meta.prefix) else { return nil }
            let name = String(key.dropFirst(prefix.count))
            return written.contains(name) ? nil : JSONParser.value(of: text).map { .init(name: name, value: $0) }
        }
    }
}
