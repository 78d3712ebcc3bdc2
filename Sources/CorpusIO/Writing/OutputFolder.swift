import ClinicalText
import Essentials

/// A folder into which every document is written as files named after it.
struct OutputFolder {
    private let path: String
    private let format: CorpusFormat
    private var ids: Set<String> = []

    /// A folder that is made for its first document.
    init(_ path: String, format: CorpusFormat) {
        self.path = path
        self.format = format
    }

    /// The path of a document's files without an ending.
    ///
    /// - Throws: ``CorpusError`` for an id that cannot be a file's name or was there before.
    mutating func stem(for document: Document) throws -> String {
        guard !document.id.isEmpty, document.id.utf8.count <= 200, !document.id.hasPrefix("."),
            !document.id.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 < 0x20 })
        else {
            throw CorpusError.nameNotInFormat(
                document: document.id, name: document.id, format: format,
                rule: "the id becomes a file's name, so it has 1 to 200 bytes, no slash and no leading dot")
        }
        guard ids.insert(document.id).inserted else {
            throw CorpusError.duplicateDocument(id: document.id, first: path, second: path)
        }
        if ids.count == 1 { try AtomicFile.makeFolder(path) }
        return "\(path)/\(document.id)"
    }
}
