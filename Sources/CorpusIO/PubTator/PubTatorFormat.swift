import ClinicalText
import Essentials

/// PubTator: `ID|t|TITLE`, `ID|a|ABSTRACT`, then a mention or relation a line; blank lines between documents.
///
/// Format: https://www.ncbi.nlm.nih.gov/research/pubtator/, and the corpora of BioCreative V CDR and NCBI-disease.
enum PubTatorFormat: WritableFormat {
    static let format = CorpusFormat.pubtator
    static let contents = "PubTator files (.pubtator, .txt)"
    static let extensions = ["pubtator", "txt"]
    static let readsFilesAlone = true
    static let writesFolder = false

    static func recognizes(_ head: FileHead) -> Bool {
        let line = head.bytes.drop(while: Surface.isSpace).prefix { $0 != 0x0A }
        guard let title = PubTatorLine.text(line), title.kind == UInt8(ascii: "t") else { return false }
        return !title.id.contains(where: Surface.isSpace)
    }

    static func parts(of unit: FileUnit, options: ReadOptions) throws -> any PartReader {
        PubTatorParts(try unit.main.lines(options), file: unit.main, limit: options.maxFileBytes)
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try AtomicFile.write(to: path) { writer in
            try feed { try writer.write(PubTatorWriter.block(of: $0, context: context)) }
        }
    }
}
