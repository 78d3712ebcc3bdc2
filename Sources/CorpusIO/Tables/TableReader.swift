import ClinicalText
import Essentials

/// Reads tables of notes: CSV and TSV with a header, or JSON objects with one note each.
struct TableReader {
    private let file: InputFile
    private let options: ReadOptions

    /// Reads the notes of one table in its order.
    ///
    /// - Throws: ``CorpusError``.
    static func read(_ file: InputFile, options: ReadOptions, faults: inout [CorpusFault]) throws -> [Document] {
        let reader = TableReader(file: file, options: options)
        let isJSON = InputFile.ending(of: file.name) == "json"
        return isJSON ? try reader.readObjects(&faults) : try reader.readRows(&faults)
    }

    private func readRows(_ faults: inout [CorpusFault]) throws -> [Document] {
        var rows = DelimitedRows(file, delimiter: try delimiter())
        guard let header = try rows.next() else {
            throw CorpusError.malformed(file: file.path, line: 1, problem: "no header; the first row names the columns")
        }
        let columns = try header.fields.map { try rows.text(of: $0) }
        let textIndex = try index(of: try textColumn(among: columns), in: columns)
        let idIndex = try options.idColumn.map { try index(of: $0, in: columns) }
        var documents: [Document] = []
        while let row = try rows.next() {
            guard row.fields.count == columns.count else {
                throw CorpusError.malformed(
                    file: file.path, line: row.line,
                    problem: "a row of \(row.fields.count) fields below a header of \(columns.count); "
                        + "check its quotes and delimiters")
            }
            let text = try rows.text(of: row.fields[textIndex])
            let id = try idIndex.map { try rows.text(of: row.fields[$0]) }
            documents.append(
                try document(text: text, id: id, number: documents.count + 1, line: row.line, faults: &faults))
        }
        return documents
    }

    /// A JSON file holds one object, or an array of objects; the members are the columns.
    private func readObjects(_ faults: inout [CorpusFault]) throws -> [Document] {
        let bytes = file.bytes[file.contentStart...]
        _ = try file.text()
        let isArray = bytes.first { !Surface.isSpace($0) } == UInt8(ascii: "[")
        let objects =
            isArray
            ? try JSONFile.decode(
                [[String: JSONScalar]].self, from: bytes, file: file.path, line: nil, maxDepth: options.maxDepth)
            : [
                try JSONFile.decode(
                    [String: JSONScalar].self, from: bytes, file: file.path, line: nil, maxDepth: options.maxDepth)
            ]
        var documents: [Document] = []
        for object in objects {
            let column = try textColumn(among: object.keys.sorted())
            let text = try member(column, of: object)
            let id = try options.idColumn.map { try member($0, of: object) }
            let number = isArray ? documents.count + 1 : nil
            documents.append(try document(text: text, id: id, number: number, line: nil, faults: &faults))
        }
        return documents
    }

    private func document(
        text: String, id: String?, number: Int?, line: Int?, faults: inout [CorpusFault]
    ) throws -> Document {
        if id?.isEmpty == true {
            throw CorpusError.malformed(file: file.path, line: line, problem: "a row without an id")
        }
        if text.isEmpty { faults.append(CorpusFault(file: file.path, line: line, message: "a row without text")) }
        var metadata = ["file": file.name]
        metadata["line"] = line.map { String($0) }
        return Document(
            id: id ?? number.map { "\(file.stem)-\($0)" } ?? file.stem, text: text, metadata: metadata)
    }

    private func member(_ name: String, of object: [String: JSONScalar]) throws -> String {
        guard let value = object[name] else {
            throw CorpusError.missingColumn(file: file.path, column: name, available: object.keys.sorted())
        }
        guard let text = value.text else {
            throw CorpusError.malformed(file: file.path, line: nil, problem: "\(name) is not a string")
        }
        return text
    }

    private func textColumn(among columns: [String]) throws -> String {
        if let column = options.textColumn { return column }
        if let column = columns.first(where: { $0.lowercased() == "text" }) { return column }
        throw CorpusError.malformed(
            file: file.path, line: nil,
            problem: "set textColumn to the column that holds the notes, one of \(columns.joined(separator: ", "))")
    }

    private func index(of column: String, in columns: [String]) throws -> Int {
        guard let index = columns.firstIndex(of: column) else {
            throw CorpusError.missingColumn(file: file.path, column: column, available: columns)
        }
        return index
    }

    private func delimiter() throws -> UInt8 {
        guard let text = options.delimiter else {
            return InputFile.ending(of: file.name) == "tsv" ? 0x09 : UInt8(ascii: ",")
        }
        guard let byte = text.utf8.first, text.utf8.count == 1, byte < 0x80, byte != UInt8(ascii: "\""),
            byte != 0x0A, byte != 0x0D
        else {
            throw CorpusError.malformed(
                file: file.path, line: nil, problem: "delimiter must be one ASCII character, such as a comma or a tab")
        }
        return byte
    }
}
