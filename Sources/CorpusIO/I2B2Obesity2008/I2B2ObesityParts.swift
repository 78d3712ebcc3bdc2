import ClinicalText
import Essentials

/// The notes of all record files of a folder with the judgments of all others.
struct I2B2ObesityParts: PartReader {
    /// The ids of the notes so far; used on one thread only.
    private final class Seen {
        var ids: Set<String> = []
    }

    private let judgments: I2B2Judgments
    private let options: ReadOptions
    private var records: [InputSource]
    private var current: XMLRecordParts?
    private let seen = Seen()
    private var isDone = false
    /// What reading the judgments found, until a part has taken it over.
    private var found: ReadContext?

    /// Reads the judgments; of the notes only what tells them apart.
    ///
    /// - Throws: ``CorpusError`` or `FileError`.
    init(_ files: [InputSource], options: ReadOptions) throws {
        var context = ReadContext(options: options)
        var judgments = I2B2Judgments()
        var records: [InputSource] = []
        for file in files {
            try context.attempt(.file) { context in
                let head = try file.head(neighbours: [], encoding: options.encoding)
                switch XMLHead.elements(in: head.bytes, limit: 2) {
                case ["root", "docs"], ["root"], ["docs", "doc"]: records.append(file)
                case let elements where elements.first == "diseaseset":
                    try judgments.add(file.loadUndecoded(options), context: &context)
                default:
                    throw CorpusError.malformed(
                        file: file.path, line: nil,
                        problem: "neither records (root, docs) nor judgments (diseaseset) of 2008")
                }
            }
        }
        if records.isEmpty, let file = files.first {
            throw CorpusError.malformed(
                file: file.path, line: nil, problem: "judgments without records; name the folder that holds both")
        }
        self.judgments = judgments
        self.records = records
        self.options = options
        found = context
    }

    mutating func next() throws -> ReadPart? {
        if let found {
            self.found = nil
            return { context in
                context.merge(found)
                return []
            }
        }
        while true {
            if let part = try current?.next() { return part }
            guard !records.isEmpty else { break }
            let file = records.removeFirst()
            current = nil
            let reader = try XMLRecordReader(file, element: I2B2Obesity2008Format.layout.record, options: options)
            current = XMLRecordParts(
                reader, file: file.path, willRead: { [seen] in if let id = Self.id(of: $0) { seen.ids.insert(id) } },
                read: { [judgments] record, context in
                    let read = try XMLRecordDocument(
                        record, file: file, layout: I2B2Obesity2008Format.layout, context: &context)
                    return Self.labelled(read, judgments: judgments, file: file.path, context: &context)
                })
        }
        if isDone { return nil }
        isDone = true
        return { [judgments, ids = seen.ids] context in
            Self.noteMissing(judgments, ids: ids, context: &context)
            return []
        }
    }

    /// Reports judgments on documents that no record file has.
    private static func noteMissing(_ judgments: I2B2Judgments, ids: Set<String>, context: inout ReadContext) {
        for document in judgments.documents where !ids.contains(document) {
            guard let mention = judgments.mention(of: document) else { continue }
            context.note(
                CorpusFault(
                    .danglingReference, file: mention.file, line: mention.line, document: document,
                    message: "judgments on document \(document), which is not among the records",
                    fix: "add its record, or remove its judgments"))
            context.leaveOut(.label, count: mention.count)
        }
    }

    /// The id in a record's start tag.
    private static func id(of record: XMLRecordReader.Record) -> String? {
        let layout = I2B2Obesity2008Format.layout
        guard let end = record.bytes.firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let content = XMLRecordContent(file: "", layout: layout)
        var tag = Array(record.bytes[...end])
        if end > 0, record.bytes[end - 1] != UInt8(ascii: "/") { tag += "</\(layout.record)>".utf8 }
        try? XMLEventParser.parse(tag, file: "", maxDepth: 2, sink: content)
        return content.attributes.first { $0.name == layout.id }?.value
    }

    private static func labelled(
        _ read: XMLRecordDocument, judgments: I2B2Judgments, file: String, context: inout ReadContext
    ) -> Document {
        var read = read
        read.document.labels = judgments.labels(of: read.document.id)
        read.keepElements(except: nil, file: file, context: &context)
        return read.document
    }
}
