import Essentials
import Foundation

/// A small table from a file: the first line names the columns, fields are separated by tabs.
///
/// Empty lines and lines that start with `#` are skipped; white space around a field is dropped.
struct TabSeparatedTable {
    let path: String
    private let columns: [String]
    private let rows: [(line: Int, fields: [Substring])]

    init(contentsOf path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw FileError.missing(path: path, hint: "give the path of a table with tab-separated columns")
        }
        if isFolder.boolValue { throw FileError.wrongKind(path: path, expected: "a file, found a folder") }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.unreadable(path: path, reason: "the system refused to open it")
        }
        guard var text = String(validating: data, as: UTF8.self) else {
            throw TextProcessingError.notUTF8(path: path, offset: Self.firstInvalidOffset(in: data))
        }
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        var rows: [(line: Int, fields: [Substring])] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(Self.trimmed)
            if line.hasPrefix("#") || fields.allSatisfy(\.isEmpty) { continue }
            rows.append((index + 1, fields))
        }
        self.path = path
        columns = rows.first?.fields.map(String.init) ?? []
        self.rows = Array(rows.dropFirst())
    }

    /// The place of a column that must be there.
    func column(_ name: String) throws -> Int {
        if let index = columns.firstIndex(of: name) { return index }
        throw TextProcessingError.missingColumn(
            path: path, column: name, found: NearestName.of(name, in: columns))
    }

    /// Whether there is a column of a name.
    func has(_ column: String) -> Bool { columns.contains(column) }

    /// The rows as values of the given columns, each with its line number; only `optional` ones may be empty.
    func rows(_ names: [String], optional: Set<String> = []) throws -> [(line: Int, values: [String])] {
        let indices = try names.map(column)
        return try rows.map { row in
            let values = try zip(names, indices).map { name, index in
                let value = index < row.fields.count ? String(row.fields[index]) : ""
                if value.isEmpty, !optional.contains(name) {
                    throw TextProcessingError.missingField(path: path, line: row.line, column: name)
                }
                return value
            }
            return (row.line, values)
        }
    }

    private static func trimmed(_ field: Substring) -> Substring {
        var field = field
        while field.first == " " { field.removeFirst() }
        while field.last == " " { field.removeLast() }
        return field
    }

    private static func firstInvalidOffset(in data: Data) -> Int {
        var valid = 0
        var decoder = UTF8()
        var bytes = data.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&bytes) { valid += String(scalar).utf8.count }
        return valid
    }
}
