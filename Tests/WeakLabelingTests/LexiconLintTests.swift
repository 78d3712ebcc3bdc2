import Foundation
import TestSupport
import Testing

/// Reads the bundled tables as plain text and finds what their readers let pass, such as a term in two files.
@Suite struct LexiconLintTests {
    struct Row {
        let line: Int
        let fields: [String]
    }

    struct Table {
        let name: String
        let columns: [String]
        let rows: [Row]

        /// The field of a column, empty where the line ends before it.
        func field(_ column: String, of row: Row) -> String {
            guard let place = columns.firstIndex(of: column), place < row.fields.count else { return "" }
            return row.fields[place]
        }

        /// What must not occur twice, in lower case.
        func key(of row: Row) -> String {
            (LexiconLintTests.keys[name] ?? ["term"]).map { field($0, of: row).lowercased() }.joined(separator: " | ")
        }

        func report(_ row: Row, _ problem: String) { report(line: row.line, problem) }

        func report(line: Int, _ problem: String) { Issue.record("\(name).tsv:\(line): \(problem)") }
    }

    /// The types of entities in notes; biomedical abstracts have others.
    private static let types: Set<String> = [
        "Disease", "Symptom", "Medication", "Dosage", "Frequency", "Route", "Procedure", "Test", "Anatomy",
    ]

    private static let folder = "\(SharedData.packageRoot)/lexicons"

    private static let termColumns = ["term", "code", "preferred", "flags"]

    /// The tables whose terms are entities of one type each.
    private static let entityTables = [
        "diseases", "symptoms", "medications", "procedures", "tests", "frequencies", "routes", "anatomy",
        "dosage-units", "dose-forms",
    ]

    /// The tables whose terms vote against entities, and those for another kind of text.
    private static let otherTermTables = [
        "not-entities", "literature/chemicals", "literature/not-chemicals", "literature/not-diseases",
    ]

    /// The columns of the tables that hold other things than terms.
    private static let otherColumns = [
        "abbreviations": ["abbreviation", "sense", "type", "context"],
        "context-cues": ["cue", "context", "direction"],
        "drug-modifiers": ["modifier", "side", "flags"],
        "finding-modifiers": ["modifier", "side", "flags"],
        "neighbor-cues": ["cue", "side", "type"],
        "procedure-modifiers": ["modifier", "side", "flags"],
        "section-headers": ["header", "section", "part_of"],
    ]

    /// The columns that together occur once, where it is not the term alone.
    private static let keys = [
        "abbreviations": ["abbreviation", "sense"],
        "context-cues": ["cue", "context", "direction"],
        "drug-modifiers": ["modifier", "side"],
        "finding-modifiers": ["modifier", "side"],
        "neighbor-cues": ["cue", "side", "type"],
        "procedure-modifiers": ["modifier", "side"],
        "section-headers": ["header", "section"],
    ]

    /// Columns that a line may leave out at its end.
    private static let omitted = ["section-headers": ["part_of"]]

    /// Terms that may stand in two tables of entities, each with its reason.
    private static let sharedTerms = [
        "cap": "`CAP` is a pneumonia and `cap` a capsule; both match in their case only",
        "eye drops": "a drug of its own where no other is named, else the form of one",
        "inhaler": "a drug of its own where no other is named, else the form of one",
        "mg": "`Mg` is a test and `mg` a unit; both match in their case only",
    ]

    /// Words of everyday English that are clinical terms only in capitals, or never.
    private static let everydayWords: Set<String> = [
        "a", "aid", "aids", "all", "am", "an", "and", "are", "art", "as", "at", "back", "bad", "be", "bed", "best",
        "better", "boy", "but", "by", "call", "can", "cat", "cold", "could", "date", "day", "diet", "did", "do", "does",
        "dose", "down", "food", "for", "from", "gap", "girl", "give", "good", "had", "has", "have", "he", "her", "here",
        "high", "him", "his", "home", "hot", "i", "if", "in", "is", "it", "its", "left", "low", "man", "map", "mask",
        "may", "men", "met", "might", "month", "ms", "must", "name", "new", "night", "no", "nor", "not", "note", "of",
        "off", "old", "on", "one", "or", "our", "out", "over", "page", "plan", "pt", "red", "rest", "right", "sad",
        "scan", "seen", "set", "sex", "she", "sick", "side", "sit", "sleep", "so", "take", "than", "that", "the",
        "them", "then", "there", "these", "they", "this", "those", "time", "to", "told", "two", "under", "up", "us",
        "use", "used", "was", "we", "week", "well", "were", "wet", "what", "when", "where", "which", "who", "will",
        "with", "work", "would", "year", "you",
    ]

    private static let loaded = Result { try LexiconLintTests.read() }

    private static func read() throws -> [Table] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".tsv") }.map { String($0.dropLast(4)) }.sorted()
        return try names.map { name in
            let text = try String(contentsOfFile: "\(folder)/\(name).tsv", encoding: .utf8)
            var columns: [String]?
            var rows: [Row] = []
            let lines = text.components(separatedBy: "\n")
            for (index, line) in lines.enumerated() {
                // The text ends with a line feed, behind which there is no line.
                if line.hasPrefix("#") || (line.isEmpty && index == lines.count - 1) { continue }
                let fields = line.components(separatedBy: "\t")
                if columns == nil {
                    columns = fields
                } else {
                    rows.append(Row(line: index + 1, fields: fields))
                }
            }
            return Table(name: name, columns: columns ?? [], rows: rows)
        }
    }

    private static func tables() throws -> [Table] { try loaded.get() }

    private static func table(_ name: String) throws -> Table {
        try #require(try tables().first { $0.name == name }, "no \(name).tsv")
    }

    @Test func everyTableHasItsColumns() throws {
        let tables = try Self.tables()
        #expect(Set(Self.entityTables).isSubset(of: tables.map(\.name)))
        for table in tables {
            let isTerms = (Self.entityTables + Self.otherTermTables).contains(table.name)
            guard let columns = isTerms ? Self.termColumns : Self.otherColumns[table.name] else {
                table.report(line: 1, "this table is not known")
                continue
            }
            if table.columns != columns { table.report(line: 1, "the columns are not \(columns)") }
            let least = columns.count - (Self.omitted[table.name] ?? []).count
            for row in table.rows {
                if !(least...columns.count).contains(row.fields.count) {
                    table.report(row, "\(row.fields.count) fields in place of \(columns.count)")
                }
                if table.key(of: row).allSatisfy({ $0 == " " || $0 == "|" }) { table.report(row, "an empty line") }
            }
        }
    }

    @Test func noFieldHasStrayBlanks() throws {
        for table in try Self.tables() {
            for row in table.rows {
                for field in row.fields
                where field.trimmingCharacters(in: .whitespacesAndNewlines) != field || field.contains("  ") {
                    table.report(row, "`\(field)` has blanks at an end, or two in a row")
                }
            }
        }
    }

    @Test func noRowOccursTwice() throws {
        for table in try Self.tables() {
            var lines: [String: Int] = [:]
            for row in table.rows {
                let key = table.key(of: row)
                if let line = lines[key] { table.report(row, "`\(key)` is on line \(line) too") }
                lines[key] = row.line
            }
        }
    }

    @Test func noTermHasTwoTypes() throws {
        var owners: [String: String] = [:]
        // What votes against entities must not be one either.
        for name in Self.entityTables + ["not-entities"] {
            let table = try Self.table(name)
            for row in table.rows {
                let term = table.field("term", of: row).lowercased()
                if let owner = owners[term], owner != name, Self.sharedTerms[term] == nil {
                    table.report(row, "`\(term)` is in \(owner).tsv too")
                }
                owners[term] = owners[term] ?? name
            }
        }
    }

    @Test func termsAreWrittenAsTheyMatch() throws {
        for name in Self.entityTables + ["not-entities"] {
            let table = try Self.table(name)
            for row in table.rows {
                let (term, flags) = (table.field("term", of: row), table.field("flags", of: row))
                if !["", "case"].contains(flags) { table.report(row, "unknown flag `\(flags)`") }
                if flags.isEmpty, term != term.lowercased() { table.report(row, "`\(term)` is not in lower case") }
                if !term.contains(where: { $0.isLetter || $0.isNumber }) { table.report(row, "no letter or digit") }
                // A unit stands behind a number.
                if term.count == 1, name != "dosage-units" { table.report(row, "`\(term)` is a single letter") }
            }
        }
    }

    @Test func everydayWordsAreNoTerms() throws {
        #expect(Self.everydayWords.count >= 60)
        for name in Self.entityTables {
            let table = try Self.table(name)
            for row in table.rows where table.field("flags", of: row) != "case" {
                let term = table.field("term", of: row).lowercased()
                if Self.everydayWords.contains(term) { table.report(row, "`\(term)` is an everyday word") }
            }
        }
    }

    @Test func abbreviationsHaveKnownTypesAndContextsWhereTheyNeedThem() throws {
        let table = try Self.table("abbreviations")
        let senses = Dictionary(grouping: table.rows) { table.field("abbreviation", of: $0).lowercased() }
        for row in table.rows {
            let (abbreviation, context) = (table.field("abbreviation", of: row), table.field("context", of: row))
            let type = table.field("type", of: row)
            if !type.isEmpty, !Self.types.contains(type) { table.report(row, "unknown type `\(type)`") }
            if table.field("sense", of: row).isEmpty { table.report(row, "`\(abbreviation)` has no sense") }
            let count = senses[abbreviation.lowercased()]?.count ?? 0
            if (count > 1) == context.isEmpty {
                table.report(row, "`\(abbreviation)` has \(count) senses and the context `\(context)`")
            }
            let words = context.isEmpty ? [] : context.components(separatedBy: ",")
            if words.contains(where: { $0.isEmpty || $0.contains(" ") || $0 != $0.lowercased() }) {
                table.report(row, "`\(context)` is no list of words in lower case parted by commas")
            }
        }
    }

    @Test func everyPreferredNameOfADrugIsATermItself() throws {
        let table = try Self.table("medications")
        var preferred: [String: String] = [:]
        for row in table.rows {
            preferred[table.field("term", of: row).lowercased()] = table.field("preferred", of: row)
        }
        for row in table.rows {
            let name = table.field("preferred", of: row)
            if name.isEmpty { continue }
            switch preferred[name.lowercased()] {
            case nil: table.report(row, "`\(name)` is no term of the table")
            case "": break
            case .some(let other): table.report(row, "`\(name)` stands for `\(other)`")
            }
        }
    }

    @Test func modifiersAndCuesHaveKnownSidesContextsAndDirections() throws {
        let directions = ["forward", "backward", "pseudo"]
        let contexts = ["negated", "possible", "hypothetical", "historical", "family"]
        for table in try Self.tables() {
            for row in table.rows {
                let direction = table.field("direction", of: row)
                if table.name.hasSuffix("-modifiers") {
                    let (side, flags) = (table.field("side", of: row), table.field("flags", of: row))
                    if !["before", "after"].contains(side) { table.report(row, "unknown side `\(side)`") }
                    if !["", "case"].contains(flags) { table.report(row, "unknown flag `\(flags)`") }
                } else if table.name == "neighbor-cues" {
                    let (side, type) = (table.field("side", of: row), table.field("type", of: row))
                    if !["before", "after"].contains(side) { table.report(row, "unknown side `\(side)`") }
                    if !Self.types.contains(type) { table.report(row, "unknown type `\(type)`") }
                } else if table.name == "context-cues" {
                    let context = table.field("context", of: row)
                    let isKnown =
                        context == "terminator"
                        ? direction == "both" : contexts.contains(context) && directions.contains(direction)
                    if !isKnown { table.report(row, "`\(context)` with direction `\(direction)`") }
                    if !table.field("cue", of: row).contains(where: { $0.isLetter || $0.isNumber }) {
                        table.report(row, "no letter or digit")
                    }
                }
            }
        }
    }

    @Test func theReadmeNamesEveryTableWithItsNumberOfEntries() throws {
        let tables = try Self.tables()
        let readme = try String(contentsOfFile: "\(Self.folder)/README.md", encoding: .utf8)
        var listed: [String: Int] = [:]
        var entries: Int?
        for (index, line) in readme.components(separatedBy: "\n").enumerated() {
            guard line.hasPrefix("|") else {
                entries = nil
                continue
            }
            let cells = line.components(separatedBy: "|").dropFirst()
                .map { $0.trimmingCharacters(in: .whitespaces.union(["`"])) }
            if let place = cells.firstIndex(of: "Entries") { entries = place }
            guard let entries, entries < cells.count, cells[0].hasSuffix(".tsv") else { continue }
            let name = String(cells[0].dropLast(4))
            listed[name] = Int(cells[entries].replacingOccurrences(of: ",", with: ""))
            guard let table = tables.first(where: { $0.name == name }) else {
                Issue.record("README.md:\(index + 1): there is no \(name).tsv")
                continue
            }
            if listed[name] != table.rows.count {
                Issue.record("README.md:\(index + 1): \(name).tsv has \(Self.grouped(table.rows.count)) entries")
            }
        }
        for table in tables where listed[table.name] == nil {
            table.report(line: 1, "README.md does not list the table")
        }
        let total = tables.filter { Self.entityTables.contains($0.name) }.reduce(0) { $0 + $1.rows.count }
        #expect(total >= 6000)
        #expect(
            readme.contains("Together \(Self.grouped(total)) terms"),
            "README.md: together there are \(Self.grouped(total)) terms")
    }

    /// A number with commas between its thousands.
    private static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
