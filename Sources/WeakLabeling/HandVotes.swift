import ClinicalText
import Essentials
import Lexicons

/// Votes that a person wrote into a table: document, start, end, and what stands there.
struct HandVotes {
    /// One line of the table; offsets are in code points.
    struct Line: Hashable {
        var document: String
        var range: Range<Int>
        var claim: Vote.Claim
        var strength: Double
        var line: Int
    }

    let path: String
    let lines: [Line]

    /// Reads a tab-separated table with the columns `document`, `start`, `end` (code points) and `label`, and, if wanted,
    /// `strength`; a label is a type, `outside`, or a type behind a `!` for a vote against it.
    ///
    /// - Throws: ``SourceFileError`` with line and key, or `FileError` when the file is missing.
    static func read(_ path: String, types: [String]) throws -> HandVotes {
        var table = try TableReader(path, required: ["document", "start", "end", "label"], optional: ["strength"])
        var lines: [Line] = []
        for row in table.rows {
            let label = row.field("label")
            let isAgainst = label.hasPrefix("!")
            let type = isAgainst ? String(label.dropFirst()) : label
            if type != "outside" || isAgainst, !types.contains(type) {
                let nearest = NearestName.of(type, in: types + ["outside"]).map { "; did you mean `\($0)`?" } ?? ""
                table.faults.append(
                    .init(line: row.line, key: "label", message: "unknown entity type `\(type)`\(nearest)"))
            }
            guard let start = Int(row.field("start")), let end = Int(row.field("end")), 0 <= start, start < end else {
                table.faults.append(
                    .init(line: row.line, key: "start", message: "expected whole numbers, start before end"))
                continue
            }
            let written = row.field("strength")
            let strength = written.isEmpty ? 1 : Double(written) ?? -1
            if !(0...1e3).contains(strength) {
                table.faults.append(.init(line: row.line, key: "strength", message: "expected a number from 0 on"))
            }
            lines.append(
                Line(
                    document: row.field("document"), range: start..<end,
                    claim: isAgainst ? .against(type) : type == "outside" ? .outside : .type(type), strength: strength,
                    line: row.line))
        }
        try table.check()
        return HandVotes(path: path, lines: lines)
    }
}
