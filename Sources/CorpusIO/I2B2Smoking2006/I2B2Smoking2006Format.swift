import ClinicalText
import Essentials

/// i2b2 2006 smoking status: one XML file for many notes, each with a `SMOKING` element beside its text.
enum I2B2Smoking2006Format: WritableFormat {
    static let format = CorpusFormat.i2b2Smoking2006
    static let contents = "XML files of RECORD elements with SMOKING beside their text (.xml)"
    static let extensions = ["xml"]
    static let readsFilesAlone = true
    static let writesFolder = false
    static let layout = XMLRecordLayout.of2006(mark: nil)

    static func recognizes(_ head: FileHead) -> Bool {
        let elements = XMLHead.elements(in: head.bytes, limit: 1_000)
        return elements.count > 1 && elements[0] == "ROOT" && elements[1] == "RECORD" && elements.contains("SMOKING")
    }

    static func parts(of unit: FileUnit, options: ReadOptions) throws -> any PartReader {
        let file = unit.main
        let records = try XMLRecordReader(file, element: layout.record, options: options)
        return XMLRecordParts(records, file: file.path) { record, context in
            try I2B2Smoking2006Reader.document(of: record, file: file, context: &context)
        }
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try AtomicFile.write(to: path) { writer in
            try writer.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ROOT>\n")
            try feed { document in try writer.write(I2B2Smoking2006Writer.record(of: document, context: context)) }
            try writer.write("</ROOT>\n")
        }
    }
}
