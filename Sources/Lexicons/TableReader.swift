import Essentials
import Foundation

/// Reads a tab-separated table with a header line; lines that are empty or begin with `#` are skipped.
package struct TableReader {
    /// A line and its fields by column name; a missing field at the end of a line is empty.
    package struct Row {
        package var line: Int
        package var fields: [String: String]

        /// The field of a column, empty where there is none.
        package func field(_ column: String) -> String { fields[column] ?? "" }
    }

    package let path: String
    package private(set) var rows: [Row] = []
    /// What is wrong so far; the caller adds what the fields' meaning makes wrong.
    package var faults: [SourceFileError.Fault] = []

    /// Reads the table at `path`, whose columns are some of `required` and `optional`.
    package init(_ path: String, required: [String], optional: [String]) throws {
        self.path = path
        let text = try Self.text(at: path)
        let known = required + optional
        var header: [String]?
        // In Swift a carriage return and the line feed behind it are one character.
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (index, line) in lines.enumerated() {
            if line.isEmpty || line.first == "#" { continue }
            let values = line.split(separator: "\t", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard let columns = header else {
                header = values
                try checkHeader(values, line: index + 1, required: required, known: known)
                continue
            }
            guard values.count <= columns.count else {
                faults.append(
                    .init(
                        line: index + 1, key: columns[0],
                        message: "\(values.count) fields, but the header names \(columns.count) columns"))
                continue
            }
            rows.append(Row(line: index + 1, fields: Dictionary(uniqueKeysWithValues: zip(columns, values))))
        }
        if header == nil {
            faults.append(.init(line: 1, key: required[0], message: "the file has no header line"))
            try check()
        }
    }

    /// Throws if anything was found wrong.
    package func check() throws {
        if let error = SourceFileError(path: path, faults: faults) { throw error }
    }

    private mutating func checkHeader(_ columns: [String], line: Int, required: [String], known: [String]) throws {
        for column in columns where !known.contains(column) {
            let nearest = NearestName.of(column, in: known).map { "; did you mean `\($0)`?" } ?? ""
            faults.append(
                .init(
                    line: line, key: column,
                    message: "unknown column\(nearest) (columns: \(known.joined(separator: ", ")))"))
        }
        for column in required where !columns.contains(column) {
            faults.append(.init(line: line, key: column, message: "the header lacks this column"))
        }
        for (index, column) in columns.enumerated() where columns[..<index].contains(column) {
            faults.append(.init(line: line, key: column, message: "the header names this column twice"))
        }
        // Without the header no line means anything.
        try check()
    }

    /// The whole of a UTF-8 file, without a byte order mark.
    package static func text(at path: String) throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw FileError.missing(path: path, hint: "paths in a configuration are relative to its file")
        }
        guard !isFolder.boolValue else { throw FileError.wrongKind(path: path, expected: "a file") }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.unreadable(path: path, reason: "no permission")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw FileError.unreadable(path: path, reason: "not valid UTF-8")
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }
}
