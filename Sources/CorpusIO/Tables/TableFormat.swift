import ClinicalText
import Essentials

/// Tables of notes: CSV and TSV with a header, or JSON objects with one note each.
///
/// The tables of MIMIC and OMOP are known by their columns, see ``NoteTable``; a column that is asked for goes first.
enum TableFormat: DocumentFormat {
    static let format = CorpusFormat.table
    static let contents = "tables (.csv, .tsv, .json)"
    static let extensions = ["csv", "tsv", "json"]
    static let readsFilesAlone = true

    static func recognizes(_ head: FileHead) -> Bool { extensions.contains(head.ending) }

    static func parts(of unit: FileUnit, options: ReadOptions) throws -> any PartReader {
        let source = unit.main
        if source.ending == "json" {
            return try JSONRecordParts(source, options: options) { try TableObjects.document(of: $0, context: &$1) }
        }
        let rows = DelimitedRows(
            try source.stream(options), file: source.path, delimiter: try delimiter(of: source, options),
            limit: options.maxFileBytes)
        return try TableRows(rows, source: source, options: options)
    }

    private static func delimiter(of source: InputSource, _ options: ReadOptions) throws -> UInt8 {
        guard let text = options.delimiter else { return source.ending == "tsv" ? 0x09 : UInt8(ascii: ",") }
        guard let byte = text.utf8.first, text.utf8.count == 1, byte < 0x80, byte != UInt8(ascii: "\""),
            byte != 0x0A, byte != 0x0D
        else {
            throw CorpusError.malformed(
                file: source.path, line: nil, problem: "delimiter must be one ASCII character, such as a comma or a tab"
            )
        }
        return byte
    }

    /// Which column holds the notes.
    static func textColumn(among columns: [String], file: String, _ options: ReadOptions) throws -> String {
        if let column = options.textColumn { return column }
        if let layout = NoteTable(columns) { return layout.text }
        if let column = columns.first(where: { $0.lowercased() == "text" }) { return column }
        throw CorpusError.malformed(
            file: file, line: nil,
            problem: "name the column that holds the notes (textColumn, --text-column), one of "
                + columns.joined(separator: ", "))
    }

    /// The document of a row or object; without an id it is named after the file and its number, if it has one.
    static func document(
        text: String, id: String?, number: Int?, source: InputFile, line: Int?, context: inout ReadContext
    ) throws -> Document {
        if id?.isEmpty == true {
            throw CorpusError.malformed(file: source.path, line: line, problem: "a row without an id")
        }
        let id = id ?? number.map { "\(source.stem)-\($0)" } ?? source.stem
        if text.isEmpty {
            context.note(
                CorpusFault(.emptyText, file: source.path, line: line, document: id, message: "a row without text"))
        }
        var metadata = ["file": source.name]
        metadata["line"] = line.map { String($0) }
        return Document(id: id, text: text, metadata: metadata)
    }
}
