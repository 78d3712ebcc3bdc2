import ClinicalText
import Essentials

/// Writes i2b2 2014-style XML in the layout a document was read from, or in ours.
///
/// The format is an annotators' one: it holds no provenance, so that what a person corrected is read back as gold, and
/// no relations. A discontinuous entity has the ends of its hull and its fragments in `spans`.
struct I2B2Writer {
    private let document: Document
    private let offsets: TextOffsets
    private let elements: [String: String]

    /// The document as XML.
    ///
    /// - Throws: ``CorpusError`` for characters and attribute names that XML cannot hold.
    static func xml(of document: Document, context: WriteContext) throws -> String {
        try I2B2Writer(document: document).xml()
    }

    private init(document: Document) {
        self.document = document
        offsets = TextOffsets(document.text)
        elements = I2B2Keys.decoded(document.metadata[I2B2Keys.elements])
    }

    private func xml() throws -> String {
        if let (offset, scalar) = XMLText.firstForbidden(in: document.text) {
            throw CorpusError.characterNotInXML(document: document.id, offset: offset, character: scalar.value)
        }
        let root = document.metadata[I2B2Keys.root] ?? "clinner"
        var nested: [String: [Entity]] = [:]
        let documentTags = document.uninterpreted.filter { $0.hasPrefix("<") }
        let parents = Set(documentTags.compactMap(Self.id))
        var xml =
            "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<\(root)>\n<TEXT>\(XMLText.content(document.text))</TEXT>\n"
        xml += "<TAGS>\n"
        for entity in named(document.entities) {
            if let parent = entity.attributes[I2B2Keys.parent], parents.contains(parent) {
                nested[parent, default: []].append(entity)
            } else {
                xml += try tag(of: entity) + "\n"
            }
        }
        for line in documentTags {
            guard let id = Self.id(of: line), let children = nested.removeValue(forKey: id), line.hasSuffix(" />")
            else {
                xml += line + "\n"
                continue
            }
            let name = line.dropFirst().prefix { $0 != " " }
            xml += line.dropLast(3) + ">\n"
            for child in children { xml += try "  \(tag(of: child))\n" }
            xml += "</\(name)>\n"
        }
        return xml + "</TAGS>\n</\(root)>\n"
    }

    /// The entities, each with an id of its own.
    private func named(_ entities: [Entity]) -> [Entity] {
        var ids = Set(entities.map(\.id))
        var taken: Set<String> = []
        var number = 0
        return entities.map { entity in
            guard entity.id.isEmpty || !taken.insert(entity.id).inserted else { return entity }
            var entity = entity
            while !ids.insert("E\(number)").inserted { number += 1 }
            entity.id = "E\(number)"
            return entity
        }
    }

    private func tag(of entity: Entity) throws -> String {
        let hull = offsets.codePoints(of: entity.hull)
        var attributes: [(name: String, value: String)] = [
            ("id", entity.id), ("start", String(hull.lowerBound)), ("end", String(hull.upperBound)),
            ("text", Surface.singleLine(text: document.text, spans: entity.spans)),
            ("TYPE", entity.attributes["TYPE"] ?? entity.type), ("comment", entity.attributes["comment"] ?? ""),
        ]
        if entity.isDiscontinuous {
            let fragments = entity.spans.map { offsets.codePoints(of: $0) }
            let list = fragments.map { "\($0.lowerBound)~\($0.upperBound)" }.joined(separator: ",")
            attributes.append(("spans", list))
        }
        if !entity.codes.isEmpty { attributes.append(("codes", entity.codes.joined(separator: " "))) }
        let written = Set(attributes.map(\.name))
        for (name, value) in entity.attributes.sorted(by: { $0.key < $1.key })
        where !written.contains(name) && !I2B2Keys.isOurs(name) {
            guard XMLText.isName(name) else {
                throw CorpusError.nameNotInFormat(
                    document: document.id, name: name, format: .i2b2, rule: "an attribute's name has no blanks")
            }
            attributes.append((name, value))
        }
        for (_, value) in attributes {
            if let (_, scalar) = XMLText.firstForbidden(in: value) {
                throw CorpusError.characterNotInXML(
                    document: document.id, offset: hull.lowerBound, character: scalar.value)
            }
        }
        let element = entity.attributes[I2B2Keys.element] ?? elements[entity.type] ?? entity.type
        return XMLText.element(XMLText.nearestName(to: element), attributes: attributes)
    }

    /// The id in a tag that ``XMLText`` wrote.
    private static func id(of tag: String) -> String? {
        guard let start = tag.utf8.firstRange(of: " id=\"".utf8)?.upperBound else { return nil }
        return tag[start...].utf8.firstIndex(of: UInt8(ascii: "\"")).map { String(tag[start..<$0]) }
    }
}
