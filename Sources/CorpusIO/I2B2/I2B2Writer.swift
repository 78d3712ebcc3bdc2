import ClinicalText
import Essentials

/// Writes i2b2 XML in the layout a document was read from, or in ours.
///
/// The format is an annotators' one: it holds no provenance, so that what a person corrected is read back as gold. A
/// discontinuous entity has the ends of its hull and its fragments in `spans`. Relations are written if their roles are
/// `from` and `to`, as of 2012; others are lost and counted.
struct I2B2Writer {
    private typealias Attributes = [(name: String, value: String)]

    /// A child of `TAGS`.
    private struct Node {
        let id: String?
        let parent: String?
        let element: String
        let attributes: Attributes
    }

    /// The order of attributes that the releases have; others follow in the order of their names.
    private static let order = Dictionary(
        uniqueKeysWithValues: [
            "id", "start", "end", "text", "fromID", "fromText", "toID", "toText", "TYPE", "modality", "polarity",
            "type",
            "val", "mod", "dvalue", "sec_time_rel", "time", "indicator", "status", "type1", "type2", "met", "comment",
            "spans", "codes",
        ].enumerated().map { ($1, $0) })
    /// Deeper than readers allow anyway.
    private static let deepest = 40

    private let document: Document
    private let context: WriteContext
    private let offsets: TextOffsets
    private let layout: I2B2Layout
    private let elements: [String: String]
    /// What is added to offsets.
    private let shift: Int

    /// The document as XML.
    ///
    /// - Throws: ``CorpusError`` for characters and attribute names that XML cannot hold.
    static func xml(of document: Document, context: WriteContext) throws -> String {
        let document = XMLText.replacingForbidden(in: document, context: context)
        return try I2B2Writer(document: document, context: context).xml()
    }

    private init(document: Document, context: WriteContext) {
        self.document = document
        self.context = context
        offsets = TextOffsets(document.text)
        layout = I2B2Layout(encoded: document.metadata[I2B2Keys.layout])
        elements = I2B2Keys.decoded(document.metadata[I2B2Keys.elements])
        shift = document.metadata[I2B2Keys.leadingLineFeed] == "counted" ? 1 : 0
    }

    private func xml() throws -> String {
        if let (offset, scalar) = XMLText.firstForbidden(in: document.text) {
            throw CorpusError.characterNotInXML(document: document.id, offset: offset, character: scalar.value)
        }
        let named = document.metadata[I2B2Keys.root] ?? "clinner"
        let root = XMLText.isName(named) ? named : XMLText.nearestName(to: named)
        let text = (document.metadata[I2B2Keys.leadingLineFeed] == nil ? "" : "\n") + document.text
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n"
        xml += XMLText.startTag(root, attributes: rootAttributes()) + ">\n"
        xml += "<TEXT>\(XMLText.content(text))</TEXT>\n<TAGS>\n"
        write(try nodes(), to: &xml)
        xml += "</TAGS>\n"
        for line in document.uninterpreted {
            if XMLText.isElement(line) { xml += line + "\n" } else { context.lose(.line) }
        }
        context.lose(.metadata, count: document.metadata.keys.count { !Self.isKept($0) })
        return xml + "</\(root)>\n"
    }

    private static func isKept(_ key: String) -> Bool { key == "file" || key == "line" || I2B2Keys.isOurs(key) }

    private func rootAttributes() -> Attributes {
        document.metadata.compactMap { key, value -> (name: String, value: String)? in
            guard key.hasPrefix(I2B2Keys.rootAttribute) else { return nil }
            let name = String(key.dropFirst(I2B2Keys.rootAttribute.count))
            guard XMLText.isName(name), XMLText.firstForbidden(in: value) == nil else {
                context.lose(.metadata)
                return nil
            }
            return (name, value)
        }.sorted { $0.name < $1.name }
    }

    private func nodes() throws -> [Node] {
        var nodes: [Node] = []
        for entity in named(document.entities) { nodes.append(try node(of: entity)) }
        for label in document.labels { nodes.append(try node(of: label)) }
        let entities = Dictionary(document.entities.map { ($0.id, $0) }) { first, _ in first }
        for relation in document.relations {
            guard relation.arguments.map(\.role) == ["from", "to"] else {
                context.lose(.relation)
                continue
            }
            nodes.append(try node(of: relation, entities: entities))
        }
        return nodes
    }

    /// Writes tags, those that have a parent within it.
    private func write(_ nodes: [Node], to xml: inout String) {
        let parents = Set(nodes.compactMap(\.parent))
        if parents.isEmpty {
            for node in nodes { xml += XMLText.element(node.element, attributes: node.attributes) + "\n" }
            return
        }
        let holders = Dictionary(
            nodes.indices.compactMap { index in nodes[index].id.map { ($0, index) } }.filter { parents.contains($0.0) }
        ) { first, _ in first }
        var children: [Int: [Int]] = [:]
        var isRoot = [Bool](repeating: true, count: nodes.count)
        for index in nodes.indices {
            guard let parent = nodes[index].parent, let holder = holders[parent], holder != index else { continue }
            children[holder, default: []].append(index)
            isRoot[index] = false
        }
        var isWritten = [Bool](repeating: false, count: nodes.count)
        func write(_ index: Int, depth: Int) {
            guard !isWritten[index] else { return }
            isWritten[index] = true
            xml += String(repeating: "  ", count: depth)
            let inner = depth < Self.deepest ? children[index] ?? [] : []
            if inner.isEmpty {
                xml += XMLText.element(nodes[index].element, attributes: nodes[index].attributes) + "\n"
                return
            }
            xml += XMLText.startTag(nodes[index].element, attributes: nodes[index].attributes) + ">\n"
            for child in inner { write(child, depth: depth + 1) }
            xml += String(repeating: "  ", count: depth) + "</\(nodes[index].element)>\n"
        }
        for index in nodes.indices where isRoot[index] { write(index, depth: 0) }
        // What holds itself in a circle, or lies too deep.
        for index in nodes.indices where !isWritten[index] {
            children = [:]
            write(index, depth: 0)
        }
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

    private func node(of entity: Entity) throws -> Node {
        let hull = offsets.codePoints(of: entity.hull)
        let element = XMLText.nearestName(
            to: entity.attributes[I2B2Keys.element] ?? elements[entity.type] ?? entity.type)
        var attributes: Attributes = [
            ("id", entity.id), ("start", String(hull.lowerBound + shift)), ("end", String(hull.upperBound + shift)),
            ("text", Surface.singleLine(text: document.text, spans: entity.spans)),
        ]
        if let type = typeAttribute(of: entity, element: element) { attributes.append(type) }
        if let comment = entity.attributes["comment"] ?? (layout.hasComment ? "" : nil) {
            attributes.append(("comment", comment))
        }
        if entity.isDiscontinuous {
            let fragments = entity.spans.map { offsets.codePoints(of: $0) }
            let list = fragments.map { "\($0.lowerBound + shift)~\($0.upperBound + shift)" }.joined(separator: ",")
            attributes.append(("spans", list))
        }
        let codes = entity.codes.filter { !$0.isEmpty && !$0.utf8.contains(where: Surface.isSpace) }
        context.lose(.code, count: entity.codes.count - codes.count)
        if !codes.isEmpty { attributes.append(("codes", codes.joined(separator: " "))) }
        if entity.provenance != .gold || !entity.evidence.isEmpty { context.lose(.provenance) }
        try add(entity.attributes, except: ["TYPE", "comment"], to: &attributes, at: hull.lowerBound)
        return Node(
            id: entity.id, parent: entity.attributes[I2B2Keys.parent], element: element, attributes: ordered(attributes)
        )
    }

    /// The attribute that says the type finer than the element's name does.
    private func typeAttribute(of entity: Entity, element: String) -> (name: String, value: String)? {
        if let type = entity.attributes["TYPE"] { return ("TYPE", type) }
        switch layout.typeAttribute {
        case .upperCase: return ("TYPE", entity.type)
        case .lowerCase where entity.attributes["type"] == nil:
            return element == entity.type ? nil : ("type", entity.type)
        case .lowerCase, .none: return element == entity.type ? nil : ("TYPE", entity.type)
        }
    }

    private func node(of label: DocumentLabel) throws -> Node {
        guard XMLText.isName(label.name) else {
            throw CorpusError.nameNotInFormat(
                document: document.id, name: label.name, format: .i2b2, rule: "an element's name has no blanks")
        }
        var attributes: Attributes = []
        if !label.value.isEmpty {
            let isCriterion = label.value == "met" || label.value == "not met"
            attributes.append((isCriterion ? "met" : "value", label.value))
        }
        try add(label.attributes, except: [], to: &attributes, at: 0)
        return Node(
            id: label.attributes["id"], parent: label.attributes[I2B2Keys.parent], element: label.name,
            attributes: ordered(attributes))
    }

    private func node(of relation: Relation, entities: [String: Entity]) throws -> Node {
        guard XMLText.isName(relation.type) else {
            throw CorpusError.nameNotInFormat(
                document: document.id, name: relation.type, format: .i2b2, rule: "an element's name has no blanks")
        }
        var attributes: Attributes = [("id", relation.id)]
        for (argument, name) in zip(relation.arguments, ["from", "to"]) {
            attributes.append(("\(name)ID", argument.entityID))
            if let surface = relation.attributes["\(name)Text"] {
                attributes.append(("\(name)Text", surface))
            } else if let entity = entities[argument.entityID] {
                attributes.append(("\(name)Text", Surface.singleLine(text: document.text, spans: entity.spans)))
            }
        }
        try add(relation.attributes, except: ["fromText", "toText"], to: &attributes, at: 0)
        return Node(
            id: relation.id, parent: relation.attributes[I2B2Keys.parent], element: relation.type,
            attributes: ordered(attributes))
    }

    /// Adds what a document's part has besides; an attribute whose name is taken is lost.
    private func add(
        _ more: [String: String], except known: Set<String>, to attributes: inout Attributes, at offset: Int
    ) throws {
        let written = Set(attributes.map(\.name))
        for (name, value) in more where !known.contains(name) && !I2B2Keys.isOurs(name) {
            guard !written.contains(name) else {
                context.lose(.attribute)
                continue
            }
            guard XMLText.isName(name) else {
                throw CorpusError.nameNotInFormat(
                    document: document.id, name: name, format: .i2b2, rule: "an attribute's name has no blanks")
            }
            attributes.append((name, value))
        }
        for (_, value) in attributes {
            if let (_, scalar) = XMLText.firstForbidden(in: value) {
                throw CorpusError.characterNotInXML(document: document.id, offset: offset, character: scalar.value)
            }
        }
    }

    private func ordered(_ attributes: Attributes) -> Attributes {
        attributes.sorted { left, right in
            let places = (Self.order[left.name] ?? .max, Self.order[right.name] ?? .max)
            return places.0 == places.1 ? left.name < right.name : places.0 < places.1
        }
    }
}
