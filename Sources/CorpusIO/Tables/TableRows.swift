import ClinicalText
import Essentials

/// The documents of a CSV or TSV table, in runs of rows.
struct TableRows: PartReader {
    /// Enough work to be worth handing to another thread.
    private static let partSize = 1 << 16

    /// What a row's fields mean.
    private struct Columns: Sendable {
        let names: [String]
        let text: Int
        let id: Int?
        /// Of the patient's id, which is called `patient` in the metadata as well.
        let patient: Int?
        /// Whether the others become metadata.
        let keepsOthers: Bool
    }

    private var rows: DelimitedRows
    private let file: InputFile
    private let columns: Columns
    private var number = 0

    /// Reads the header.
    ///
    /// - Throws: ``CorpusError`` without a header or the columns that were asked for.
    init(_ rows: DelimitedRows, source: InputSource, options: ReadOptions) throws {
        self.rows = rows
        file = InputFile(path: source.path, bytes: [])
        guard let header = try self.rows.next() else {
            throw CorpusError.malformed(
                file: source.path, line: 1, problem: "no header; the first row names the columns")
        }
        let names = try header.fields.map { try header.text(of: $0, file: source.path) }
        func index(of column: String) throws -> Int {
            guard let index = names.firstIndex(of: column) else {
                throw CorpusError.missingColumn(file: source.path, column: column, available: names)
            }
            return index
        }
        // Whoever names the columns knows the table better.
        let layout = options.textColumn == nil ? NoteTable(names) : nil
        columns = Columns(
            names: names, text: try index(of: TableFormat.textColumn(among: names, file: source.path, options)),
            id: try (options.idColumn ?? layout?.id).map(index), patient: try layout?.patient.map(index),
            keepsOthers: options.keepColumns || layout != nil)
    }

    mutating func next() throws -> ReadPart? {
        var part: [DelimitedRows.Row] = []
        var size = 0
        while size < Self.partSize, let row = try rows.next() {
            part.append(row)
            size += row.size
        }
        if part.isEmpty { return nil }
        let first = number + 1
        number += part.count
        return { [part, file, columns] context in
            var documents: [Document] = []
            for (index, row) in part.enumerated() {
                let document = try context.attempt(.document) { context in
                    try Self.document(row, columns, number: first + index, file: file, context: &context)
                }
                if let document { documents.append(document) }
            }
            return documents
        }
    }

    private static func document(
        _ row: DelimitedRows.Row, _ columns: Columns, number: Int, file: InputFile, context: inout ReadContext
    ) throws -> Document {
        guard row.fields.count == columns.names.count else {
            throw CorpusError.malformed(
                file: file.path, line: row.line,
                problem: "a row of \(row.fields.count) fields below a header of \(columns.names.count); "
                    + "check its quotes and delimiters")
        }
        let text = try row.text(of: row.fields[columns.text], file: file.path)
        let id = try columns.id.map { try row.text(of: row.fields[$0], file: file.path) }
        var document = try TableFormat.document(
            text: text, id: id, number: number, source: file, line: row.line, context: &context)
        if columns.keepsOthers {
            for (index, name) in columns.names.enumerated()
            where index != columns.text && index != columns.id && document.metadata[name] == nil {
                document.metadata[name] = try row.text(of: row.fields[index], file: file.path)
            }
        }
        if let patient = columns.patient {
            let id = try row.text(of: row.fields[patient], file: file.path)
            if !id.isEmpty { document.metadata["patient"] = id }
        }
        return document
    }
}
