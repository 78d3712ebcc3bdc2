import ClinicalText
import Essentials

/// Writes brat standoff: the note as it is, and its annotations.
///
/// brat reads no mention across a line break, so there a mention becomes fragments, as brat itself writes it. The
/// format holds no provenance. Kept lines that refer to an annotation that is gone would stop brat and are left out.
struct BratWriter {
    private let document: Document
    private let offsets: TextOffsets

    /// The content of the `.ann` file.
    ///
    /// - Throws: ``CorpusError/nameNotInFormat(document:name:format:rule:)`` for types with blanks.
    static func annotations(of document: Document, context: WriteContext) throws -> String {
        try BratWriter(document: document, offsets: TextOffsets(document.text)).annotations()
    }

    private func annotations() throws -> String {
        let ids = textBoundIDs()
        var annotations = ""
        var renamed: [String: String] = [:]
        for (entity, id) in zip(document.entities, ids) {
            if renamed[entity.id] == nil { renamed[entity.id] = id }
            annotations += "\(id)\t\(try checked(entity.type)) \(fragments(of: entity))\n"
        }
        let kept = referableLines(ids: Set(ids))
        let known = Set(ids).union(kept.compactMap(Self.id))
        for relation in document.relations {
            let arguments = relation.arguments.map { ($0.role, renamed[$0.entityID] ?? $0.entityID) }
            guard arguments.allSatisfy({ known.contains($0.1) }) else { continue }
            let list = arguments.map { "\($0.0):\($0.1)" }.joined(separator: " ")
            annotations += "\(relation.id)\t\(try checked(relation.type)) \(list)\n"
        }
        for line in kept { annotations += "\(line)\n" }
        return annotations
    }

    /// The entities' own ids where brat can hold them, else new ones after the highest.
    private func textBoundIDs() -> [String] {
        var highest = 0
        for entity in document.entities { highest = max(highest, Self.number(ofTextBound: entity.id) ?? 0) }
        var taken: Set<String> = []
        return document.entities.map { entity in
            if Self.number(ofTextBound: entity.id) != nil, taken.insert(entity.id).inserted { return entity.id }
            highest += 1
            return "T\(highest)"
        }
    }

    private static func number(ofTextBound id: String) -> Int? {
        id.utf8.first == UInt8(ascii: "T") && id.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
            ? Int(id.dropFirst()) : nil
    }

    /// `0 5;6 9 TAB surface`, split at line breaks.
    private func fragments(of entity: Entity) -> String {
        var spans: [TextSpan] = []
        for span in entity.spans {
            var start = span.start
            for (offset, byte) in zip(span.range, document.text(of: span).utf8) where byte == 0x0A || byte == 0x0D {
                if start < offset { spans.append(TextSpan(start: start, end: offset)) }
                start = offset + 1
            }
            if start < span.end { spans.append(TextSpan(start: start, end: span.end)) }
        }
        if spans.isEmpty { spans = [entity.hull] }
        let list = spans.map { span in
            let range = offsets.codePoints(of: span)
            return "\(range.lowerBound) \(range.upperBound)"
        }
        return list.joined(separator: ";") + "\t" + Surface.singleLine(text: document.text, spans: spans)
    }

    private func checked(_ type: String) throws -> String {
        guard !type.isEmpty, !type.utf8.contains(where: Surface.isSpace) else {
            throw CorpusError.nameNotInFormat(
                document: document.id, name: type, format: .brat, rule: "a type has no blanks; map it to another name")
        }
        return type
    }

    /// The kept lines of this format whose references all lead somewhere, in their order.
    private func referableLines(ids: Set<String>) -> [String] {
        // Lines of XML documents begin with a bracket, which no line of brat does.
        var lines = document.uninterpreted.filter { !$0.hasPrefix("<") }
        while true {
            let known = ids.union(lines.compactMap(Self.id)).union(document.relations.map(\.id))
            let rest = lines.filter { line in Self.references(of: line).allSatisfy(known.contains) }
            if rest.count == lines.count { return rest }
            lines = rest
        }
    }

    /// The id of a line that others can refer to.
    private static func id(of line: String) -> String? {
        guard let tab = line.utf8.firstIndex(of: 0x09), !line.hasPrefix("*") else { return nil }
        return String(line[..<tab])
    }

    /// The ids that an event, attribute, normalization, note or equivalence is about.
    private static func references(of line: String) -> [String] {
        let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count > 1, let kind = line.utf8.first else { return [] }
        let parts = fields[1].split(separator: " ")
        switch kind {
        case UInt8(ascii: "E"):
            return parts.compactMap { part in
                part.lastIndex(of: ":").map { String(part[part.index(after: $0)...]) }
            }
        case UInt8(ascii: "A"), UInt8(ascii: "M"), UInt8(ascii: "N"), UInt8(ascii: "#"):
            return parts.dropFirst().prefix(1).map(String.init)
        case UInt8(ascii: "*"):
            return parts.dropFirst().map(String.init)
        default:
            return []
        }
    }
}
