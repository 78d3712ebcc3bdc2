import ClinicalText
import Essentials

/// BioC JSON: the same as BioC XML in another notation.
enum BioCJSONFormat: WritableFormat {
    static let format = CorpusFormat.biocJSON
    static let contents = "BioC JSON files (.json)"
    static let extensions = ["json"]
    static let readsFilesAlone = true
    static let writesFolder = false

    static func recognizes(_ head: FileHead) -> Bool {
        guard head.firstByte == UInt8(ascii: "{") || head.firstByte == UInt8(ascii: "["),
            head.ending == "json" || head.ending.isEmpty
        else { return false }
        return Self.keys.contains { head.bytes.firstRange(of: $0) != nil }
            && head.bytes.firstRange(of: "\"passages\"".utf8) != nil
    }

    private static let keys = ["\"documents\"", "\"PubTator3\""].map { Array($0.utf8) }

    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> [Document] {
        try BioCJSONReader.documents(of: unit.main, context: &context)
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try AtomicFile.write(to: path) { file in
            var writer = BioCJSONWriter(context: context)
            try feed { try file.write(writer.document($0)) }
            try file.write(writer.end())
        }
    }
}
