import CorpusIO
import Essentials
import TextProcessing

/// Reads tables with a header line, their fields divided by tabs or, in files called `.csv`, by commas.
///
/// Lines that are empty or begin with `#` are skipped; a field may stand in quotes.
enum TableImporter {
    static let columns = ["term", "type", "code", "preferred", "flags", "status", "source"]

    /// Where our columns stand in a table; -1 for those that it does not have.
    private struct Places {
        var term = -1, type = -1, code = -1, preferred = -1, flags = -1, status = -1, source = -1
        var count = 0
    }

    static func read(_ path: String, _ pass: inout ImportPass) throws {
        var lines = try TextLines(path)
        let name = path.hasSuffix(".gz") ? path.dropLast(3) : path[...]
        let delimiter = UInt8(ascii: name.lowercased().hasSuffix(".csv") ? "," : "\t")
        var places: Places?
        while let (line, number) = try lines.next() {
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            guard let fields = DelimitedLine.quotedFields(of: line, delimiter: delimiter)?.map(DelimitedLine.trimmed)
            else {
                pass.fault(number, "line", "a quote is not closed, or something follows a quoted field")
                continue
            }
            guard let places else {
                places = try header(fields, number, &pass)
                continue
            }
            try entry(fields, number, places, &pass)
        }
        if places == nil { pass.fault(1, "term", "the file has no header line") }
    }

    private static func entry(
        _ fields: [ArraySlice<UInt8>], _ line: Int, _ places: Places, _ pass: inout ImportPass
    ) throws {
        guard fields.count <= places.count else {
            pass.fault(line, "term", "\(fields.count) fields, but the header names \(places.count) columns")
            return
        }
        func field(_ place: Int, _ key: String) -> String {
            guard place >= 0, place < fields.count, !fields[place].isEmpty else { return "" }
            return pass.text(fields[place], line, key) ?? ""
        }
        let term = field(places.term, "term")
        guard hasWord(term) else {
            pass.fault(line, "term", "holds no letter or digit")
            return
        }
        var isCaseSensitive = pass.options.acronymsInCase && AbbreviationShape.isAbbreviation(term[...])
        for flag in field(places.flags, "flags").split(whereSeparator: { $0 == "," || $0 == " " }) {
            if flag == "case" {
                isCaseSensitive = true
            } else {
                pass.fault(line, "flags", "unknown flag `\(flag)`; the only one is `case`")
            }
        }
        let statusName = field(places.status, "status")
        guard let status = statusName.isEmpty ? .unspecified : TermStatus(termType: statusName) else {
            pass.fault(
                line, "status",
                "unknown status `\(statusName)`; one of \(TermStatus.allCases.map(\.rawValue).joined(separator: ", "))")
            return
        }
        if !pass.options.termTypes.isEmpty, !pass.options.termTypes.contains(statusName) {
            return pass.leaveOut("term type")
        }
        let category = field(places.type, "type")
        if !pass.options.categories.isEmpty, !pass.options.categories.contains(category) {
            return pass.leaveOut("category")
        }
        let source = field(places.source, "source")
        if !pass.options.sources.isEmpty, !pass.options.sources.contains(source) { return pass.leaveOut("source") }
        let type = category.isEmpty ? pass.options.type : pass.options.typeMapping[category] ?? category
        try pass.keep(
            LexiconEntry(
                term: term, type: type, code: pass.code(field(places.code, "code")),
                preferred: field(places.preferred, "preferred"), isCaseSensitive: isCaseSensitive, source: source,
                status: status, line: line))
    }

    /// Whether a term is more than ASCII symbols and blanks.
    static func hasWord(_ term: String) -> Bool {
        term.utf8.contains { byte in
            byte >= 0x80 || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
                || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
        }
    }

    private static func header(_ fields: [ArraySlice<UInt8>], _ line: Int, _ pass: inout ImportPass) throws -> Places {
        let names = fields.map { String(decoding: $0, as: UTF8.self) }
        let mapping = pass.options.columns
        for name in mapping.keys.sorted() where !columns.contains(name) {
            let nearest = NearestName.of(name, in: columns).map { "; did you mean `\($0)`?" } ?? ""
            pass.fault(line, name, "columns: no column of ours\(nearest) (ours: \(columns.joined(separator: ", ")))")
        }
        for (index, name) in names.enumerated() where names[..<index].contains(name) {
            pass.fault(line, name, "the header names this column twice")
        }
        if mapping.isEmpty {
            for name in names where !columns.contains(name) {
                let nearest = NearestName.of(name, in: columns).map { "; did you mean `\($0)`?" } ?? ""
                pass.fault(line, name, "unknown column\(nearest) (columns: \(columns.joined(separator: ", ")))")
            }
        }
        for name in mapping.isEmpty
            ? ["term"] : Set(mapping.values).union(mapping["term"] == nil ? ["term"] : []).sorted()
        where !names.contains(name) {
            pass.fault(
                line, name,
                "the header lacks this column"
                    + (mapping.isEmpty ? "; `columns` (--column term=name) says what the table calls it" : ""))
        }
        // Without the header no line means anything.
        if let error = pass.error { throw error }
        func place(_ column: String) -> Int {
            mapping.isEmpty
                ? names.firstIndex(of: column) ?? -1
                : (mapping[column] ?? (column == "term" ? column : nil)).flatMap { names.firstIndex(of: $0) } ?? -1
        }
        return Places(
            term: place("term"), type: place("type"), code: place("code"), preferred: place("preferred"),
            flags: place("flags"), status: place("status"), source: place("source"), count: names.count)
    }
}
