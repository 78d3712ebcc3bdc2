import CorpusIO
import Essentials
import Foundation

/// Reads the descriptions of SNOMED CT from its release files (RF2): active ones of active concepts.
///
/// Source: SNOMED International, "Release File Specification", sections on the concept and description files.
enum RF2Importer {
    private static let fullySpecifiedName = "900000000000003001"
    private static let synonym = "900000000000013009"
    private static let conceptColumns = ["id", "effectiveTime", "active", "moduleId", "definitionStatusId"]
    private static let descriptionColumns = [
        "id", "effectiveTime", "active", "moduleId", "conceptId", "languageCode", "typeId", "term",
        "caseSignificanceId",
    ]

    /// A concept's fully specified name without its semantic tag, and the tag.
    private struct Name {
        var text: String
        var tag: String
    }

    static func read(_ path: String, _ pass: inout ImportPass) throws {
        let files = try files(of: path)
        var active: Set<UInt64> = []
        for file in files.concepts {
            var filePass = ImportPass(options: pass.options, path: file) { _ in }
            try forEachRow(of: file, conceptColumns, &filePass) { fields, line, pass in
                guard let id = UInt64(String(decoding: fields[0], as: UTF8.self)) else {
                    return pass.fault(line, "id", "not a number")
                }
                if fields[2].elementsEqual("1".utf8) { active.insert(id) }
            }
            _ = try filePass.finish()
        }
        let languages = pass.options.languages.isEmpty ? ["en"] : pass.options.languages
        var names: [UInt64: Name] = [:]
        // The name and its tag may stand behind the synonyms; the faults of the file are reported by the second pass.
        for file in files.descriptions {
            var filePass = ImportPass(options: pass.options, path: file) { _ in }
            try forEachRow(of: file, descriptionColumns, &filePass) { fields, _, _ in
                guard fields[2].elementsEqual("1".utf8), fields[6].elementsEqual(fullySpecifiedName.utf8),
                    let concept = UInt64(String(decoding: fields[4], as: UTF8.self)),
                    languages.contains(String(decoding: fields[5], as: UTF8.self))
                else { return }
                names[concept] = name(String(decoding: fields[7], as: UTF8.self))
            }
        }
        for file in files.descriptions {
            try forEachRow(of: file, descriptionColumns, &pass) { fields, line, pass in
                try description(fields, line, active: active, names: names, languages: languages, &pass)
            }
        }
    }

    private static func description(
        _ fields: [ArraySlice<UInt8>], _ line: Int, active: Set<UInt64>, names: [UInt64: Name],
        languages: Set<String>, _ pass: inout ImportPass
    ) throws {
        func field(_ column: Int) -> String { String(decoding: fields[column], as: UTF8.self) }
        guard let concept = UInt64(field(4)) else { return pass.fault(line, "conceptId", "not a number") }
        guard field(2) == "0" || field(2) == "1" else { return pass.fault(line, "active", "neither 0 nor 1") }
        let isActive = field(2) == "1" && active.contains(concept)
        guard isActive || pass.options.keepsSuppressed else { return pass.leaveOut("inactive") }
        guard languages.contains(field(5)) else { return pass.leaveOut("language") }
        let isName = field(6) == fullySpecifiedName
        // Text definitions have a file of their own.
        guard isName || field(6) == synonym else { return pass.leaveOut("description type") }
        guard let term = pass.text(fields[7], line, "term") else { return }
        guard !term.isEmpty else { return pass.fault(line, "term", "the column is empty") }
        let conceptName = names[concept]
        let tag = conceptName?.tag ?? ""
        guard pass.options.categories.isEmpty || pass.options.categories.contains(tag) else {
            return pass.leaveOut("semantic tag")
        }
        try pass.keepIfWord(
            LexiconEntry(
                term: isName ? name(term).text : term, type: pass.type(of: [tag]), code: "SNOMEDCT:\(concept)",
                preferred: conceptName?.text ?? "", source: "SNOMEDCT",
                status: isActive ? (isName ? .preferred : .synonym) : .obsolete, line: line))
    }

    /// `Myocardial infarction (disorder)` as its name and its tag.
    private static func name(_ text: String) -> Name {
        guard text.hasSuffix(")"), let open = text.lastIndex(of: "("), open != text.startIndex else {
            return Name(text: text, tag: "")
        }
        let tag = text[text.index(after: open)...].dropLast()
        return Name(text: text[..<open].trimmingCharacters(in: .whitespaces), tag: String(tag))
    }

    private static func forEachRow(
        of file: String, _ columns: [String], _ pass: inout ImportPass,
        _ body: ([ArraySlice<UInt8>], Int, inout ImportPass) throws -> Void
    ) throws {
        var lines = try TextLines(file)
        var isHeader = true
        while let (line, number) = try lines.next() {
            let fields = DelimitedLine.fields(of: line, delimiter: UInt8(ascii: "\t"))
            if isHeader {
                isHeader = false
                guard fields.map({ String(decoding: $0, as: UTF8.self) }) == columns else {
                    pass.fault(number, "columns", "the header is not \(columns.joined(separator: ", "))")
                    if let error = pass.error { throw error }
                    continue
                }
            } else if fields.count != columns.count {
                if !line.isEmpty {
                    pass.fault(number, "columns", "\(fields.count) columns instead of \(columns.count)")
                }
            } else {
                try body(fields, number, &pass)
            }
        }
    }

    private static func files(of path: String) throws -> (concepts: [String], descriptions: [String]) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw FileError.missing(path: path, hint: "")
        }
        let folder = isFolder.boolValue ? path : (path as NSString).deletingLastPathComponent
        let base = folder.isEmpty ? "." : folder
        let names = (FileManager.default.subpaths(atPath: base) ?? []).sorted()
        func named(_ kind: String) -> [String] {
            names.filter { name in
                let file = (name as NSString).lastPathComponent
                return file.contains("sct2_\(kind)_") && (file.hasSuffix(".txt") || file.hasSuffix(".txt.gz"))
            }.map { "\(base)/\($0)" }
        }
        let descriptions = isFolder.boolValue ? named("Description") : [path]
        guard !descriptions.isEmpty else {
            throw FileError.emptyFolder(path: path, expected: "sct2_Description_*.txt")
        }
        let concepts = named("Concept")
        guard !concepts.isEmpty else {
            throw FileError.missing(
                path: "\(base)/sct2_Concept_*.txt", hint: "the concept file says which concepts are active")
        }
        return (concepts, descriptions)
    }
}
