import ClinicalText
import Essentials

/// i2b2 2008 obesity: XML files of notes and XML files of judgments on them, read together.
enum I2B2Obesity2008Format: WritableFormat {
    static let format = CorpusFormat.i2b2Obesity2008
    static let contents = "XML files of records and of judgments (.xml)"
    static let extensions = ["xml"]
    static let writesFolder = true
    static let layout = XMLRecordLayout.of2008

    static func recognizes(_ head: FileHead) -> Bool {
        let elements = XMLHead.elements(in: head.bytes, limit: 2)
        return elements.first == "diseaseset" || elements == ["root", "docs"]
    }

    /// All files are one unit: which of them hold notes, only their content tells.
    static func units(of files: [InputSource]) throws -> [FileUnit] {
        guard let first = files.first else { return [] }
        let others = files.dropFirst().enumerated().map { (String($0.offset + 1), $0.element) }
        return [FileUnit(main: first, companions: Dictionary(others) { first, _ in first })]
    }

    static func parts(of unit: FileUnit, options: ReadOptions) throws -> any PartReader {
        let others = unit.companions.sorted { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }.map(\.value)
        return try I2B2ObesityParts([unit.main] + others, options: options)
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try AtomicFile.makeFolder(path)
        var judgments = I2B2JudgmentWriter(context: context)
        try AtomicFile.write(to: "\(path)/records.xml") { writer in
            try writer.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root>\n<docs>\n")
            try feed { document in
                let document = XMLText.replacingForbidden(in: document, context: context)
                try XMLRecordWriter.check(document)
                let record = XMLRecordWriter(layout: layout, context: context)
                try writer.write(record.start(of: document, format: format))
                try writer.write("<text>\(XMLText.escapedText(document.text))</text>\n</doc>\n")
                record.lose(document, entities: true, labels: false)
                try judgments.add(document)
            }
            try writer.write("</docs>\n</root>\n")
        }
        try AtomicFile.write(judgments.xml(), to: "\(path)/judgments.xml")
    }
}
