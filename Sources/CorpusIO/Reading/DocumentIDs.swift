import ClinicalText

/// The ids of the documents so far and where they were, in few bytes each.
struct DocumentIDs {
    /// A document's id and where it was read.
    struct Place: Sendable {
        let id: String
        let file: String
        let line: Int?

        init(_ document: Document) {
            id = document.id
            file = document.metadata["file"] ?? ""
            line = document.metadata["line"].flatMap { Int($0) }
        }

        var description: String { place(file, line) }
    }

    private struct Compact {
        let file: Int32
        let line: Int32
    }

    private var files = NameList()
    private var lastFile: String?
    /// By the ids' hashes: a corpus of millions of notes has millions of ids. With 64 bits, two of ten million ids
    /// have the same hash in one of 370,000 corpora.
    private var places: [Int: Compact] = [:]

    /// Takes note of a document.
    ///
    /// - Throws: ``CorpusError/duplicateDocument(id:first:second:)`` for an id that was there before.
    mutating func add(_ document: Place) throws {
        if lastFile != document.file {
            files.append(document.file.utf8)
            lastFile = document.file
        }
        let compact = Compact(file: Int32(clamping: files.count - 1), line: Int32(clamping: document.line ?? 0))
        if let first = places.updateValue(compact, forKey: document.id.hashValue) {
            let line = first.line > 0 ? Int(first.line) : nil
            throw CorpusError.duplicateDocument(
                id: document.id, first: place(files[Int(first.file)], line), second: document.description)
        }
    }
}
