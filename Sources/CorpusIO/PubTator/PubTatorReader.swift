import ClinicalText
import Essentials

/// Reads one document of a PubTator file.
///
/// The text is the title, a line feed and the abstract, as the offsets count it. A relation names concepts rather than
/// mentions: it has no arguments but the attributes `Arg1`, `Arg2` and so on.
struct PubTatorReader {
    private let file: InputSource
    private let id: String

    /// The document of its lines.
    ///
    /// - Throws: ``CorpusError``.
    static func document(
        of lines: [LineReader.Line], file: InputSource, context: inout ReadContext
    ) throws -> Document {
        let titleLine = lines[0]
        guard let title = PubTatorLine.text(PubTatorLine.content(titleLine)), title.kind == UInt8(ascii: "t") else {
            throw CorpusError.malformed(
                file: file.path, line: titleLine.number,
                problem: "a document must begin with its title, ID|t|TITLE")
        }
        let reader = PubTatorReader(file: file, id: try text(title.id, of: titleLine, file))
        var text = try text(title.text, of: titleLine, file)
        var rest = lines.dropFirst()
        if let line = rest.first, let abstract = PubTatorLine.text(PubTatorLine.content(line)) {
            guard abstract.id.elementsEqual(title.id) else { throw reader.foreign(line) }
            text += try "\n" + Self.text(abstract.text, of: line, file)
            rest = rest.dropFirst()
        }
        var document = Document(
            id: reader.id, text: text, metadata: ["file": file.name, "line": String(titleLine.number)])
        var check = context.check(file: file.path, text: text, document: reader.id)
        for line in rest {
            let fields = try Self.text(PubTatorLine.content(line), of: line, file).utf8
                .split(separator: 0x09, omittingEmptySubsequences: false).map { String(Substring($0)) }
            if fields.count > 2, Self.isNumber(fields[1]) {
                let read = try context.attempt(.entity, document: reader.id) { _ in
                    try reader.entity(fields, line: line, check: &check)
                }
                if let entity = read ?? nil { document.entities.append(entity) }
            } else {
                let relation = try context.attempt(.relation, document: reader.id) { _ in
                    try reader.relation(fields, line: line, number: document.relations.count)
                }
                if let relation { document.relations.append(relation) }
            }
        }
        context.take(check)
        return document
    }

    /// `ID TAB START TAB END TAB SURFACE TAB TYPE [TAB CONCEPT [TAB PARTS]]`.
    private func entity(_ fields: [String], line: LineReader.Line, check: inout MentionCheck) throws -> Entity? {
        guard fields[0] == id else { throw foreign(line) }
        guard fields.count >= 5, let start = Int(fields[1]), let end = Int(fields[2]), !fields[4].isEmpty else {
            throw malformed(
                line, "a mention must read ID, START, END, text, TYPE and CONCEPT, with tabs between them")
        }
        let mentionID = check.uniqueID("", line: line.number)
        var entity = Entity(
            id: mentionID, type: fields[4],
            spans: try check.spans(
                of: [(start, end)], id: mentionID, line: line.number, surface: fields[3]))
        if fields.count == 5 {
            entity.attributes[PubTatorKeys.columns] = "5"
        } else {
            entity.codes = ConceptCodes.codes(in: fields[5])
            if ConceptCodes.column(of: entity.codes) != fields[5] {
                entity.attributes[PubTatorKeys.concept] = fields[5]
            }
        }
        if fields.count > 6 {
            let isScore = Double(fields[6]) != nil
            entity.attributes[isScore ? PubTatorKeys.score : PubTatorKeys.parts] = fields[6]
        }
        if fields.count > 7 { entity.attributes[PubTatorKeys.rest] = fields[7...].joined(separator: "\t") }
        if fields[3] != Surface.singleLine(text: check.text, spans: entity.spans),
            Surface.matches(fields[3], text: check.text, spans: entity.spans)
        {
            entity.attributes[PubTatorKeys.surface] = fields[3]
        }
        return check.check(entity, surface: fields[3], line: line.number)
    }

    /// `ID TAB TYPE TAB CONCEPT TAB CONCEPT`.
    private func relation(_ fields: [String], line: LineReader.Line, number: Int) throws -> Relation {
        guard fields[0] == id else { throw foreign(line) }
        guard fields.count > 2, !fields[1].isEmpty else {
            throw malformed(line, "neither a mention nor a relation; a relation must read ID, TYPE and concepts")
        }
        var attributes: [String: String] = [:]
        for (index, field) in fields[2...].enumerated() { attributes["Arg\(index + 1)"] = field }
        return Relation(id: "R\(number)", type: fields[1], arguments: [], attributes: attributes)
    }

    /// Whether a field is meant as an offset, be it a good one or not, as `34.` is: no relation is called so.
    private static func isNumber(_ field: String) -> Bool {
        let digits = field.utf8.first == UInt8(ascii: "-") ? field.utf8.dropFirst() : field.utf8[...]
        return digits.first.map { (0x30...0x39).contains($0) } == true
    }

    private func foreign(_ line: LineReader.Line) -> CorpusError {
        malformed(line, "the line has another id than its document; put a blank line between documents")
    }

    private func malformed(_ line: LineReader.Line, _ problem: String) -> CorpusError {
        .malformed(file: file.path, line: line.number, problem: problem)
    }

    private static func text(
        _ bytes: ArraySlice<UInt8>, of line: LineReader.Line, _ file: InputSource
    ) throws -> String {
        try InputFile.text(bytes, offset: line.offset + bytes.startIndex, file: file.path)
    }
}
