import CorpusIO

/// Reads inventories of abbreviations; the terms are the short forms, the senses their preferred names.
///
/// One with capitals matches only in its own case.
enum AbbreviationImporter {
    /// Lines of abbreviation, sense and share, without a header (P. Stetson et al., "The sublanguage of clinical problem
    /// lists", and "Preliminary study of sign-out notes", AMIA 2002).
    static func readSenses(_ path: String, _ pass: inout ImportPass) throws {
        try forEachLine(of: path, &pass) { line, number, pass in
            let fields = DelimitedLine.fields(of: line, delimiter: UInt8(ascii: "\t")).map(DelimitedLine.trimmed)
            guard fields.count == 3 else {
                return pass.fault(number, "line", "\(fields.count) fields instead of abbreviation, sense and share")
            }
            guard let share = Double(String(decoding: fields[2], as: UTF8.self)), (0...1).contains(share) else {
                return pass.fault(number, "share", "not a number from 0 to 1")
            }
            guard share >= pass.options.minimumShare else { return pass.leaveOut("share") }
            try keep(fields[0], fields[1], type: pass.options.type, number, &pass)
        }
    }

    /// Lines of an abbreviation, a blank and the long form.
    static func readLines(_ path: String, _ pass: inout ImportPass) throws {
        try forEachLine(of: path, &pass) { line, number, pass in
            let line = DelimitedLine.trimmed(line)
            guard let blank = line.firstIndex(where: { $0 == 0x20 || $0 == 0x09 }) else {
                return pass.fault(number, "line", "an abbreviation without a long form")
            }
            try keep(line[..<blank], DelimitedLine.trimmed(line[blank...]), type: pass.options.type, number, &pass)
        }
    }

    /// A table with the columns `abbreviation`, `sense` and `type`.
    static func readTable(_ path: String, _ pass: inout ImportPass) throws {
        for entry in try Lexicon.readAbbreviations(path).entries {
            var entry = entry
            entry.status = .abbreviation
            entry.type = entry.type.map { pass.options.typeMapping[$0] ?? $0 } ?? pass.options.type
            try pass.keep(entry)
        }
    }

    private static func keep(
        _ term: ArraySlice<UInt8>, _ sense: ArraySlice<UInt8>, type: String?, _ line: Int, _ pass: inout ImportPass
    ) throws {
        guard let term = pass.text(term, line, "abbreviation"), let sense = pass.text(sense, line, "sense") else {
            return
        }
        guard TableImporter.hasWord(term) else { return pass.fault(line, "abbreviation", "holds no letter or digit") }
        try pass.keep(
            LexiconEntry(
                term: term, type: type, preferred: sense,
                isCaseSensitive: term.unicodeScalars.contains { $0.properties.isUppercase }, status: .abbreviation,
                line: line))
    }

    private static func forEachLine(
        of path: String, _ pass: inout ImportPass, _ body: (ArraySlice<UInt8>, Int, inout ImportPass) throws -> Void
    ) throws {
        var lines = try TextLines(path)
        while let (line, number) = try lines.next() {
            if DelimitedLine.trimmed(line).isEmpty || line.first == UInt8(ascii: "#") { continue }
            try body(line, number, &pass)
        }
    }
}
