import ClinicalText

/// Parts that are runs of an XML file's records.
struct XMLRecordParts: PartReader {
    /// Reads the document of a record.
    typealias ReadRecord = @Sendable (XMLRecordReader.Record, inout ReadContext) throws -> Document

    /// Enough work to be worth handing to another thread.
    private static let partSize = 1 << 16

    private var records: XMLRecordReader
    private let file: String
    private let read: ReadRecord
    private let willRead: (XMLRecordReader.Record) -> Void
    private var error: (any Error)?
    private var isAtEnd = false

    /// Parts of `records`; `willRead` is told of each, in their order, before it is read.
    init(
        _ records: XMLRecordReader, file: String, willRead: @escaping (XMLRecordReader.Record) -> Void = { _ in },
        read: @escaping ReadRecord
    ) {
        self.willRead = willRead
        self.records = records
        self.file = file
        self.read = read
    }

    mutating func next() throws -> ReadPart? {
        if let error {
            self.error = nil
            isAtEnd = true
            throw error
        }
        if isAtEnd { return nil }
        var part: [XMLRecordReader.Record] = []
        var size = 0
        do {
            while size < Self.partSize {
                guard let record = try records.next() else {
                    isAtEnd = true
                    break
                }
                willRead(record)
                part.append(record)
                size += record.bytes.count
            }
        } catch {
            // The records before it come first.
            if part.isEmpty {
                isAtEnd = true
                throw error
            }
            self.error = error
        }
        let strayLines = isAtEnd ? records.strayLines : []
        return { [part, file, read] context in
            for line in strayLines {
                context.note(
                    CorpusFault(
                        .notInterpreted, file: file, line: line, message: "something between the records is not read"))
            }
            return try part.compactMap { record in try context.attempt(.document) { try read(record, &$0) } }
        }
    }
}
