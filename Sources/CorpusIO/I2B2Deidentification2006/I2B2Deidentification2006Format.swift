import ClinicalText
import Essentials

/// i2b2 2006 de-identification: one XML file for many notes, `PHI` elements in the text, no offsets.
enum I2B2Deidentification2006Format: WritableFormat {
    static let format = CorpusFormat.i2b2Deidentification2006
    static let contents = "XML files of RECORD elements with PHI in their text (.xml)"
    static let extensions = ["xml"]
    static let readsFilesAlone = true
    static let writesFolder = false
    static let layout = XMLRecordLayout.of2006(mark: "PHI")

    /// A file without a label of smoking among its first records; notes without annotations look the same in both
    /// formats of 2006 and are read alike.
    static func recognizes(_ head: FileHead) -> Bool {
        let elements = XMLHead.elements(in: head.bytes, limit: 1_000)
        return elements.count > 1 && elements[0] == "ROOT" && elements[1] == "RECORD" && !elements.contains("SMOKING")
    }

    static func parts(of unit: FileUnit, options: ReadOptions) throws -> any PartReader {
        let file = unit.main
        let records = try XMLRecordReader(file, element: layout.record, options: options)
        return XMLRecordParts(records, file: file.path) { record, context in
            try I2B2Deidentification2006Reader.document(of: record, file: file, context: &context)
        }
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try AtomicFile.write(to: path) { writer in
            try writer.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ROOT>\n")
            try feed { document in
                try writer.write(I2B2Deidentification2006Writer.record(of: document, context: context))
            }
            try writer.write("</ROOT>\n")
        }
    }
}
