import Essentials
import Foundation

/// A list of terms from one file.
public struct Lexicon: Sendable {
    /// The file's name without its ending.
    public let name: String
    /// The terms, in the order of the file.
    public let entries: LexiconEntries
    /// Where it was read from; empty for a lexicon made in code.
    public let path: String
    /// How mentions may differ from its terms; what the matcher's options say if it says nothing.
    public var variants: Set<MatchVariant>?

    /// Makes a lexicon.
    public init(name: String, entries: [LexiconEntry], path: String = "") {
        self.name = name
        self.entries = LexiconEntries(entries)
        self.path = path
    }

    /// Makes a lexicon of a compiled one; `type` is that of the entries that have none.
    public init(name: String, store: LexiconStore, type: String? = nil) {
        self.name = name
        entries = LexiconEntries(store, type: type)
        path = store.path
    }

    /// The compiled lexicon that holds the entries, if they are not in memory.
    package var store: LexiconStore? {
        if case .store(let store, _) = entries.storage { store } else { nil }
    }

    /// Reads a compiled lexicon, or a tab-separated table with the column `term` and, if wanted, `type`, `code`, `preferred`,
    /// `flags`, `status` and `source`.
    ///
    /// - Parameter type: what the terms are, unless the line's own column `type` says so; nothing for terms that are
    ///   no entities. The flag `case` matches the term's case. Lines that begin with `#` are comments.
    /// - Throws: ``SourceFileError``, ``LexiconStoreError``, or `FileError` when the file is missing.
    public static func read(_ path: String, type: String?) throws -> Lexicon {
        var options = LexiconImport()
        options.type = type
        options.format = LexiconFormat.ofName(path) == .compiled ? .compiled : .table
        return try read(path, options)
    }

    /// Reads a lexicon in any format; a compiled one stays in its file.
    ///
    /// - Throws: ``SourceFileError`` for bad lines in strict mode, ``LexiconStoreError``, `FileError`, `CorpusError` for damaged
    ///   gzip data.
    public static func read(_ path: String, _ options: LexiconImport) throws -> Lexicon {
        if (options.format ?? .ofName(path)) == .compiled {
            return Lexicon(name: name(of: path), store: try LexiconStore(path: path), type: options.type)
        }
        var entries: [LexiconEntry] = []
        _ = try options.read(path) { entries.append($0) }
        return Lexicon(name: name(of: path), entries: entries, path: path)
    }

    /// Reads a tab-separated table with the columns `abbreviation`, `sense` and `type`.
    ///
    /// An abbreviation with capitals matches only in its own case; one without a type is no entity. The column `context`
    /// is `AbbreviationInventory`'s.
    /// - Throws: ``SourceFileError``, or `FileError` when the file is missing.
    public static func readAbbreviations(_ path: String) throws -> Lexicon {
        var table = try TableReader(path, required: ["abbreviation", "sense", "type"], optional: ["context"])
        var entries: [LexiconEntry] = []
        for row in table.rows {
            let term = row.field("abbreviation")
            checkTerm(term, key: "abbreviation", line: row.line, &table)
            let type = row.field("type")
            entries.append(
                LexiconEntry(
                    term: term, type: type.isEmpty ? nil : type, preferred: row.field("sense"),
                    isCaseSensitive: term.unicodeScalars.contains { $0.properties.isUppercase }, line: row.line))
        }
        try table.check()
        return Lexicon(name: name(of: path), entries: entries, path: path)
    }

    /// Reads terms that carry marks instead of a type: each a column, and the values it may have, or none for any.
    ///
    /// - Returns: the terms, and for each its marks in the order of `marks`.
    package static func readMarked(
        _ path: String, term: String, marks: [(column: String, values: [String])]
    ) throws -> (lexicon: Lexicon, marks: [[String]]) {
        var table = try TableReader(path, required: [term] + marks.map(\.column), optional: ["flags"])
        var entries: [LexiconEntry] = []
        var found: [[String]] = []
        for row in table.rows {
            let isCaseSensitive = isCaseSensitive(row, &table)
            checkTerm(row.field(term), key: term, line: row.line, &table)
            let values = marks.map { row.field($0.column) }
            for (value, mark) in zip(values, marks)
            where mark.values.isEmpty ? value.isEmpty : !mark.values.contains(value) {
                let message =
                    mark.values.isEmpty
                    ? "the column is empty" : "`\(value)` is none of \(mark.values.joined(separator: ", "))"
                table.faults.append(.init(line: row.line, key: mark.column, message: message))
            }
            entries.append(
                LexiconEntry(term: row.field(term), type: nil, isCaseSensitive: isCaseSensitive, line: row.line))
            found.append(values)
        }
        try table.check()
        return (Lexicon(name: name(of: path), entries: entries, path: path), found)
    }

    private static func isCaseSensitive(_ row: TableReader.Row, _ table: inout TableReader) -> Bool {
        let flags = row.field("flags").split { $0 == "," || $0 == " " }
        for flag in flags where flag != "case" {
            table.faults.append(
                .init(line: row.line, key: "flags", message: "unknown flag `\(flag)`; the only one is `case`"))
        }
        return flags.contains("case")
    }

    private static func checkTerm(_ term: String, key: String, line: Int, _ table: inout TableReader) {
        if FoldedWords(term: term).count == 0 {
            table.faults.append(.init(line: line, key: key, message: "holds no letter or digit"))
        }
    }

    private static func name(of path: String) -> String {
        let name = (path as NSString).lastPathComponent
        return ((name.hasSuffix(".gz") ? String(name.dropLast(3)) : name) as NSString).deletingPathExtension
    }
}
