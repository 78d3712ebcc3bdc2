import ClinicalText
import Essentials

/// i2b2 2009 medication extraction: notes whose names have no ending, and files of entries that are told by their
/// content, in one folder or in `text` and `gold`.
enum I2B2MedicationFormat: WritableFormat {
    static let format = CorpusFormat.i2b2Medication2009
    static let contents = "i2b2 2009 files (notes without an ending, NAME_gold.entries)"
    static let extensions = ["", "entries", "m", "txt"]
    static let subfolders = ["text", "gold"]
    static let writesFolder = true

    static func accepts(_ source: InputSource) -> Bool { true }

    static func recognizes(_ head: FileHead) -> Bool { head.ending == "entries" || isEntries(head) }

    /// Whether a file begins like a file of entries: with a medication and a bar on its first line.
    static func isEntries(_ head: FileHead) -> Bool {
        guard head.startsField("m") else { return false }
        return head.bytes.drop(while: Surface.isSpace).prefix { $0 != 0x0A }.contains(UInt8(ascii: "|"))
    }

    static func units(of files: [InputSource]) throws -> [FileUnit] { try I2B2MedicationFiles.units(of: files) }

    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> [Document] {
        [try I2B2MedicationReader.read(unit, context: &context)]
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        var folder = OutputFolder(path, format: format)
        try feed { document in
            let stem = try folder.stem(for: document)
            let entries = try I2B2MedicationWriter.entries(of: document, context: context)
            let root = stem.dropLast(document.id.utf8.count)
            let text = context.options.subfolders ? "\(root)text" : "\(root.dropLast())"
            let gold = context.options.subfolders ? "\(root)gold" : "\(root.dropLast())"
            for folder in [text, gold] { try AtomicFile.makeFolder(folder) }
            try AtomicFile.write(document.text, to: "\(text)/\(document.id)")
            try AtomicFile.write(entries, to: "\(gold)/\(document.id)_gold.entries")
        }
    }
}
