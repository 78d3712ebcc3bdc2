import ClinicalText
import Essentials

/// Plain text: a file is a note, exactly as it is, line ends included.
enum TextFormat: DocumentFormat {
    static let format = CorpusFormat.text
    static let contents = "text files (.txt)"
    static let extensions = ["txt"]
    static let readsFilesAlone = true

    static func recognizes(_ head: FileHead) -> Bool {
        head.ending == "txt" || head.firstByte != nil && head.firstByte != 0
    }

    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> [Document] {
        let file = try unit.main.load(context.options)
        return [Document(id: file.stem, text: try file.text(), metadata: ["file": file.name])]
    }
}
