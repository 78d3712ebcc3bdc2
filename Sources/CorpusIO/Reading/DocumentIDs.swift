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

    /// The last number that was put behind each repeated id, so that a million equal ids take no million tries each.
    private var numbers: [Int: Int] = [:]

    /// Takes note of a document.
    ///
    /// - Returns: what is wrong if its id was there before; the place of the first one stays.
    mutating func repeated(_ document: Place) -> CorpusError? {
        if lastFile != document.file {
            files.append(document.file.utf8)
            lastFile = document.file
        }
        let compact = Compact(file: Int32(clamping: files.count - 1), line: Int32(clamping: document.line ?? 0))
        guard let first = places[document.id.hashValue] else {
            places[document.id.hashValue] = compact
            return nil
        }
        let line = first.line > 0 ? Int(first.line) : nil
        return .duplicateDocument(
            id: document.id, first: place(files[Int(first.file)], line), second: document.description)
    }

    /// An id that was not there before, made from one that was: `a~2`. If it is to be taken, it counts as used.
    mutating func unusedID(like document: Place, isTaken: Bool) -> String {
        var number = numbers[document.id.hashValue] ?? 1
        while true {
            number += 1
            let id = "\(document.id)~\(number)"
            guard places[id.hashValue] == nil else { continue }
            if isTaken {
                places[id.hashValue] = Compact(file: Int32(clamping: files.count - 1), line: 0)
                numbers[document.id.hashValue] = number
            }
            return id
        }
    }
}
