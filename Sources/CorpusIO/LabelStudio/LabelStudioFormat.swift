import ClinicalText
import Essentials

/// Label Studio's JSON: an array of tasks with their annotations, or the flat records of JSON-MIN.
///
/// Offsets of its older versions count UTF-16 code units, as JavaScript does; since the end of 2021 they count code
/// points (label-studio-frontend, pull request 308). Where a note has characters that make a difference, the regions' own
/// text decides.
///
/// Format: https://labelstud.io/guide/export
enum LabelStudioFormat: WritableFormat {
    static let format = CorpusFormat.labelStudio
    static let contents = "Label Studio's JSON (.json, .jsonl)"
    static let extensions = ["json", "jsonl"]
    static let readsFilesAlone = true
    static let writesFolder = false

    static func recognizes(_ head: FileHead) -> Bool {
        guard head.firstByte == UInt8(ascii: "{") || head.firstByte == UInt8(ascii: "[") else { return false }
        let sketch = JSONSketch(head.bytes)
        if sketch.has("data{}") {
            return ["annotations[]", "predictions[]", "completions[]"].contains(where: sketch.has)
        }
        return sketch.has("annotation_id") || sketch.has("annotator") && sketch.has("lead_time")
    }

    static func parts(of unit: FileUnit, options: ReadOptions) throws -> any PartReader {
        try JSONRecordParts(unit.main, options: options) { record, context in
            try record.object()["data"]?.object == nil
                ? LabelStudioMinimal.document(of: record, context: &context)
                : LabelStudioReader.document(of: record, context: &context)
        }
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try AtomicFile.write(to: path) { writer in
            var separator = "[\n"
            try feed { document in
                try writer.write(separator + LabelStudioWriter.task(of: document, context: context))
                separator = ",\n"
            }
            try writer.write(separator == ",\n" ? "\n]\n" : "[]\n")
        }
    }

    /// Which member holds the note: the one that was asked for, else `text`, else the only string.
    ///
    /// - Throws: ``CorpusError``.
    static func textMember(
        of data: JSONObject, record: JSONRecord, options: ReadOptions, takesOnlyString: Bool
    ) throws -> String {
        let strings = data.members.filter { $0.value.string != nil }.map(\.name)
        if let name = options.textColumn {
            guard strings.contains(name) else {
                throw CorpusError.missingColumn(file: record.source.path, column: name, available: strings)
            }
            return name
        }
        if strings.contains("text") { return "text" }
        if takesOnlyString, strings.count == 1 { return strings[0] }
        throw record.malformed(
            "set textColumn to the member that holds the note, one of \(strings.joined(separator: ", "))")
    }
}
