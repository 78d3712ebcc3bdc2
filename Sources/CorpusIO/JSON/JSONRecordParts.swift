import ClinicalText
import Essentials

/// A record of a JSON file as a reader of one of its formats gets it.
struct JSONRecord: Sendable {
    /// The record's value.
    let value: JSONValue
    /// The file.
    let source: InputSource
    /// The line that it begins on.
    let line: Int
    /// Its place among the records of the file, from 1.
    let number: Int
    /// Whether it is one of an array.
    let isInArray: Bool

    /// The error for something wrong about it.
    func malformed(_ problem: String) -> CorpusError {
        .malformed(file: source.path, line: line, problem: problem)
    }

    /// The members of the record.
    ///
    /// - Throws: ``CorpusError`` where it is no object.
    func object() throws -> JSONObject {
        guard let object = value.object else { throw malformed("the record is \(value.kind), not an object") }
        return object
    }

    /// The name of the document: its own id, or the file's name and its number.
    func id(_ own: JSONValue?) throws -> String {
        switch own {
        case nil, .null?: return "\(source.stem)-\(number)"
        case .string(let id)? where !id.isEmpty: return id
        case .number(let digits)?: return digits
        default: throw malformed("id is neither a number nor a string that is not empty")
        }
    }

    /// The metadata that say where the document was read.
    var place: [String: String] { ["file": source.name, "line": String(line)] }
}

/// Parts that are runs of JSON records, each a document: the lines of a file of JSON Lines, the elements of an array.
struct JSONRecordParts: PartReader {
    /// Reads the document of a record.
    typealias Read = @Sendable (JSONRecord, inout ReadContext) throws -> Document

    /// Enough work to be worth handing to another thread.
    private static let partSize = 1 << 16

    /// Where records come from.
    private enum Records {
        case lines(LineReader)
        case values(JSONRecords)
    }

    private var records: Records
    private let source: InputSource
    private let read: Read
    private let isArray: Bool
    private var number = 0

    /// Opens a file; its ending and first bytes say whether it has a record a line.
    ///
    /// - Throws: ``FileError``, ``CorpusError``.
    init(_ source: InputSource, options: ReadOptions, read: @escaping Read) throws {
        self.source = source
        self.read = read
        let head = try source.head(neighbours: [], encoding: options.encoding)
        let hasLines = Self.hasLines(head)
        isArray = !hasLines && head.firstByte == UInt8(ascii: "[")
        records =
            hasLines
            ? .lines(try source.lines(options))
            : .values(JSONRecords(try source.stream(options), file: source.path, limit: options.maxFileBytes))
    }

    /// Whether each line is a record. An array that begins with a string is a record itself: a text and its annotations.
    private static func hasLines(_ head: FileHead) -> Bool {
        let significant = head.bytes.lazy.filter { !Surface.isSpace($0) }.prefix(2)
        if significant.first == UInt8(ascii: "[") { return significant.dropFirst().first == UInt8(ascii: "\"") }
        return head.ending != "json"
    }

    mutating func next() throws -> ReadPart? {
        var part: [(record: JSONRecords.Record, number: Int)] = []
        var size = 0
        while size < Self.partSize, let record = try nextRecord() {
            number += 1
            part.append((record, number))
            size += record.bytes.count
        }
        if part.isEmpty { return nil }
        return { [part, source, read, isArray] context in
            var documents: [Document] = []
            for (record, number) in part {
                let document = try context.attempt(.document) {
                    let (value, loneSurrogates) = try JSONParser.parse(
                        record.bytes, file: source.path, line: record.line, start: record.offset,
                        maxDepth: $0.options.maxDepth)
                    let document = try read(
                        JSONRecord(
                            value: value, source: source, line: record.line, number: number, isInArray: isArray), &$0)
                    if loneSurrogates > 0 {
                        $0.note(Self.fault(of: loneSurrogates, file: source.path, line: record.line, document.id))
                    }
                    return document
                }
                if let document { documents.append(document) }
            }
            return documents
        }
    }

    private mutating func nextRecord() throws -> JSONRecords.Record? {
        switch records {
        case .values(var values):
            defer { records = .values(values) }
            return try values.next()
        case .lines(var lines):
            defer { records = .lines(lines) }
            while let line = try lines.next() {
                if line.bytes.allSatisfy(Surface.isSpace) { continue }
                return JSONRecords.Record(bytes: line.bytes, line: line.number, offset: line.offset)
            }
            return nil
        }
    }

    private static func fault(
        of loneSurrogates: Int, file: String, line: Int, _ document: String
    ) -> CorpusFault {
        CorpusFault(
            .encoding, file: file, line: line, document: document,
            message: "\(loneSurrogates) surrogate escapes lack their other half; they are read as U+FFFD",
            fix: "write the whole characters")
    }
}
