import ClinicalText
import Essentials

/// Reads brat standoff: `T` lines become entities, `R` lines relations, all others are kept verbatim.
///
/// Format: https://brat.nlplab.org/standoff.html
struct BratReader {
    /// A `T` line: `T1 TAB Type 0 5;7 9 TAB text`.
    private struct TextBound {
        let id: String
        let type: String
        let fragments: [(start: Int, end: Int)]
        let surface: String?
        let line: Int
    }

    private let path: String

    /// Reads a note and its annotations; without annotations it is an unlabelled note.
    ///
    /// A byte order mark is no part of the note, unless the annotations count it as a character, as brat does: then it
    /// stays.
    ///
    /// - Throws: ``CorpusError``.
    static func read(
        text: InputFile, annotations: InputFile?, context: inout ReadContext
    ) throws -> Document {
        var document = Document(id: text.stem, text: try text.text(), metadata: ["file": text.name])
        guard let annotations else { return document }
        let reader = BratReader(path: annotations.path)
        var mentions: [TextBound] = []
        var oddRelations: [Int] = []
        let lines = try annotations.text().utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            // Windows line ends of the annotation file; those of the note count.
            let line = line.last == 0x0D ? line.dropLast() : line
            if line.allSatisfy(Surface.isSpace) { continue }
            if line.first == UInt8(ascii: "T") {
                let mention = try context.attempt(.entity, document: document.id) { _ in
                    try reader.textBound(line, number: index + 1)
                }
                if let mention { mentions.append(mention) }
            } else if line.first == UInt8(ascii: "R"), let relation = reader.relation(line) {
                document.relations.append(relation)
            } else {
                if line.first == UInt8(ascii: "R") { oddRelations.append(index + 1) }
                document.uninterpreted.append(string(line))
            }
        }
        if text.hasByteOrderMark, countsMark(mentions, text: document.text) {
            document.text = "\u{FEFF}" + document.text
        }
        var check = context.check(file: annotations.path, text: document.text, document: document.id)
        for line in oddRelations {
            check.note(.notInterpreted, "a relation without two arguments is kept but not interpreted", line: line)
        }
        for mention in mentions {
            let read = try context.attempt(.entity, document: document.id) { _ in
                try reader.entity(of: mention, check: &check)
            }
            if let entity = read ?? nil { document.entities.append(entity) }
        }
        context.take(check)
        return document
    }

    private func entity(of mention: TextBound, check: inout MentionCheck) throws -> Entity? {
        let id = check.uniqueID(mention.id, line: mention.line)
        let entity = Entity(
            id: id, type: mention.type,
            spans: try check.spans(of: mention.fragments, id: id, line: mention.line, surface: mention.surface))
        // The surface follows the fragments as written; when they are not in order, that was said.
        let isOrdered = zip(mention.fragments, mention.fragments.dropFirst()).allSatisfy { $0.end <= $1.start }
        return check.check(entity, surface: isOrdered ? mention.surface : nil, line: mention.line)
    }

    // Lines are split as bytes: a blank before a combining mark is one Character with it, and CR LF is one too.

    private func textBound(_ line: Substring.UTF8View, number: Int) throws -> TextBound {
        let fields = line.split(separator: Self.tab, maxSplits: 2, omittingEmptySubsequences: false)
        let parts = fields.count > 1 ? fields[1].split(separator: Self.blank, maxSplits: 1) : []
        guard parts.count == 2 else {
            throw CorpusError.malformed(
                file: path, line: number, problem: "a T line must read ID, tab, TYPE START END, tab, text")
        }
        let fragments = try parts[1].split(separator: UInt8(ascii: ";")).map { fragment in
            let ends = fragment.split(separator: Self.blank).map { Int(Substring($0)) }
            guard ends.count == 2, let start = ends[0], let end = ends[1] else {
                throw CorpusError.malformed(
                    file: path, line: number, problem: "offsets must be written START END, or START END;START END")
            }
            return (start: start, end: end)
        }
        guard !fragments.isEmpty else {
            throw CorpusError.malformed(file: path, line: number, problem: "a T line without offsets")
        }
        return TextBound(
            id: Self.string(fields[0]), type: Self.string(parts[0]), fragments: fragments,
            surface: fields.count > 2 ? Self.string(fields[2]) : nil, line: number)
    }

    /// `R1 TAB Type Arg1:T1 Arg2:T2`.
    private func relation(_ line: Substring.UTF8View) -> Relation? {
        let fields = line.split(separator: Self.tab, omittingEmptySubsequences: false)
        guard fields.count > 1, fields[2...].allSatisfy({ $0.allSatisfy(Surface.isSpace) }) else { return nil }
        let parts = fields[1].split(separator: Self.blank)
        let arguments = parts.dropFirst().compactMap { part -> Relation.Argument? in
            let pair = part.split(separator: UInt8(ascii: ":"), maxSplits: 1)
            return pair.count == 2 ? .init(role: Self.string(pair[0]), entityID: Self.string(pair[1])) : nil
        }
        guard parts.count > 2, arguments.count == parts.count - 1 else { return nil }
        return Relation(id: Self.string(fields[0]), type: Self.string(parts[0]), arguments: arguments)
    }

    private static let tab: UInt8 = 0x09
    private static let blank: UInt8 = 0x20

    private static func string(_ bytes: Substring.UTF8View) -> String { String(Substring(bytes)) }

    /// Whether offsets count a byte order mark before `text`: more surfaces agree if they do.
    private static func countsMark(_ mentions: [TextBound], text: String) -> Bool {
        let offsets = TextOffsets(text)
        func agreeing(_ shift: Int) -> Int {
            mentions.count { mention in
                let spans = mention.fragments.compactMap {
                    offsets.span(ofCodePoints: $0.start - shift, $0.end - shift)
                }
                guard let surface = mention.surface, spans.count == mention.fragments.count else { return false }
                return Surface.matches(surface, text: text, spans: spans)
            }
        }
        return agreeing(1) > agreeing(0)
    }
}
