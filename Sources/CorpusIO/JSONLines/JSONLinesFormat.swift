import ClinicalText
import Essentials

/// JSON Lines of clinner: one document a line.
enum JSONLinesFormat: WritableFormat {
    static let format = CorpusFormat.jsonl
    static let contents = "JSON Lines files (.jsonl)"
    static let extensions = ["jsonl", "ndjson"]
    static let readsFilesAlone = true
    static let writesFolder = false

    static func recognizes(_ head: FileHead) -> Bool {
        head.firstByte == UInt8(ascii: "{") && head.ending != "json" || head.ending == "jsonl"
    }

    static func parts(of unit: FileUnit, options: ReadOptions) throws -> any PartReader {
        let file = unit.main
        return LineParts(try file.lines(options)) { line, context in
            try JSONLinesReader.document(
                of: line, file: file, context: &context)
        }
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try AtomicFile.write(to: path) { writer in
            try feed { try writer.write(JSONLinesWriter.line(of: $0) + "\n") }
        }
    }
}
