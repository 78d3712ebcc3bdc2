import ClinicalText
import Essentials

/// Writes PubTator: the first line of the text as the title, the rest, on one line, as the abstract.
///
/// Line breaks other than the first become blanks and a discontinuous mention its hull. A relation is written if it
/// names concepts, not mentions, the values of its attributes in the order of their names.
struct PubTatorWriter {
    private let document: Document
    private let offsets: TextOffsets
    private let context: WriteContext

    /// The document's lines and a blank one.
    ///
    /// - Throws: ``CorpusError/nameNotInFormat(document:name:format:rule:)`` for an id or type that has no place.
    static func block(of document: Document, context: WriteContext) throws -> String {
        try PubTatorWriter(document: document, offsets: TextOffsets(document.text), context: context).block()
    }

    private func block() throws -> String {
        let id = document.id
        guard !id.isEmpty, !id.utf8.contains(where: { $0 == UInt8(ascii: "|") || Self.isBreak($0) }) else {
            throw CorpusError.nameNotInFormat(
                document: id, name: id, format: .pubtator, rule: "an id has no bar, tab or line break and is not empty")
        }
        var block = text()
        for entity in document.entities { block += try mention(entity) }
        for relation in document.relations {
            if let line = try self.relation(relation) { block += line } else { context.lose(.relation) }
        }
        context.loseSurroundings(of: document)
        return block + "\n"
    }

    private func text() -> String {
        let bytes = Array(document.text.utf8)
        let end = bytes.firstIndex(of: 0x0A)
        var lines = "\(document.id)|t|" + oneLine(bytes[..<(end ?? bytes.count)]) + "\n"
        if let end { lines += "\(document.id)|a|" + oneLine(bytes[(end + 1)...]) + "\n" }
        return lines
    }

    private func oneLine(_ bytes: ArraySlice<UInt8>) -> String {
        context.lose(.whiteSpace, count: bytes.count { $0 == 0x0A || $0 == 0x0D })
        return String(decoding: bytes.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
    }

    private func mention(_ entity: Entity) throws -> String {
        let range = offsets.codePoints(of: entity.hull)
        context.lose(.gap, count: entity.spans.count - 1)
        context.loseProvenance(of: entity)
        var surface = Surface.singleLine(text: document.text, spans: [entity.hull])
        if let kept = entity.attributes[PubTatorKeys.surface],
            Surface.matches(kept, text: document.text, spans: [entity.hull])
        {
            surface = kept
        }
        var fields = [
            document.id, String(range.lowerBound), String(range.upperBound), surface, try checked(entity.type),
        ]
        let seventh = entity.attributes[PubTatorKeys.parts] ?? entity.attributes[PubTatorKeys.score]
        if entity.attributes[PubTatorKeys.columns] != "5" || !entity.codes.isEmpty || seventh != nil {
            fields.append(concept(of: entity))
        }
        if let seventh { fields.append(field(seventh)) }
        if fields.count == 7, let rest = entity.attributes[PubTatorKeys.rest] { fields.append(rest) }
        context.loseAttributes(
            entity.attributes,
            except: entity.attributes[PubTatorKeys.parts] == nil ? [PubTatorKeys.score] : [PubTatorKeys.parts])
        return line(fields)
    }

    /// The column as the file had it, unless the codes were changed since.
    private func concept(of entity: Entity) -> String {
        if let kept = entity.attributes[PubTatorKeys.concept], ConceptCodes.codes(in: kept) == entity.codes {
            return kept
        }
        return field(ConceptCodes.column(of: entity.codes))
    }

    private func relation(_ relation: Relation) throws -> String? {
        guard relation.arguments.isEmpty else { return nil }
        let named = relation.attributes.filter { !LayoutKeys.contains($0.key) }
        guard !named.isEmpty else { return nil }
        let numbered = (1...named.count).compactMap { named["Arg\($0)"] }
        let values: [String]
        if numbered.count == named.count {
            values = numbered
        } else {
            // The concepts have places here, but no roles.
            values = named.sorted { $0.key < $1.key }.map(\.value)
            context.lose(.attribute, count: named.count)
        }
        return line([document.id, try checked(relation.type)] + values.map(field))
    }

    private func checked(_ type: String) throws -> String {
        guard !type.isEmpty, !type.utf8.contains(where: Self.isBreak) else {
            throw CorpusError.nameNotInFormat(
                document: document.id, name: type, format: .pubtator,
                rule: "a type has no tab or line break and is not empty; map it to another name")
        }
        return type
    }

    /// What parts fields or lines.
    private static func isBreak(_ byte: UInt8) -> Bool { byte == 0x09 || byte == 0x0A || byte == 0x0D }

    /// A value on one line without tabs.
    private func field(_ value: String) -> String {
        let breaks = value.utf8.count(where: Self.isBreak)
        guard breaks > 0 else { return value }
        context.lose(.whiteSpace, count: breaks)
        return String(decoding: value.utf8.map { Self.isBreak($0) ? 0x20 : $0 }, as: UTF8.self)
    }

    /// The line of some fields; a carriage return at its end would be read as one of its line end.
    private func line(_ fields: [String]) -> String {
        var bytes = Array(fields.joined(separator: "\t").utf8)
        if bytes.last == 0x0D {
            context.lose(.whiteSpace)
            bytes[bytes.count - 1] = 0x20
        }
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }
}
