import ClinicalText
import Essentials

/// i2b2 standoff XML, one file a note.
enum I2B2Format: WritableFormat {
    static let format = CorpusFormat.i2b2
    static let contents = "i2b2 XML files (.xml)"
    static let extensions = ["xml"]
    static let readsFilesAlone = true
    static let writesFolder = true

    /// XML whose root is not that of another format.
    static func recognizes(_ head: FileHead) -> Bool {
        guard head.firstByte == UInt8(ascii: "<") || head.ending == "xml" else { return false }
        let elements = XMLHead.elements(in: head.bytes, limit: 2)
        switch elements.first {
        case "collection", "xmi:XMI", "XMI", "diseaseset": return false
        case "ROOT": return elements.dropFirst().first != "RECORD"
        case "root": return elements.dropFirst().first != "docs"
        default: return true
        }
    }

    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> [Document] {
        [try I2B2Reader.read(unit.main.loadUndecoded(context.options), context: &context)]
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        var folder = OutputFolder(path, format: format)
        try feed { document in
            let stem = try folder.stem(for: document)
            try AtomicFile.write(I2B2Writer.xml(of: document, context: context), to: stem + ".xml")
        }
    }
}
