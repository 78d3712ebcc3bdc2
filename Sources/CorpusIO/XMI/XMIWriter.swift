import ClinicalText
import Essentials

/// Writes CAS XMI: what a document was read from, or entities as `custom:Span` and relations as `custom:Relation`,
/// INCEpTION's own layers, with their types as `label`.
///
/// The other attributes are written as features, which the type system that UIMA is given must have. The format holds
/// no gaps, labels and provenance, and codes only where they were read from it.
struct XMIWriter {
    private let document: Document
    private let offsets: TextOffsets
    private let units: UTF16Offsets
    private let context: WriteContext
    private let kept: [String]
    private var nextID = 1
    private var ids: [String: String] = [:]
    private let entities: [String: Entity]
    /// The ids of what is written, and of what of it is new, in order: that gets into the view.
    private var writtenIDs: Set<String> = []
    private var newIDs: [String] = []
    private var taken: Set<String> = []
    private var xml = ""

    /// The document as XML.
    ///
    /// - Throws: ``CorpusError`` for characters and attribute names that XML cannot hold.
    static func xml(of document: Document, context: WriteContext) throws -> String {
        var writer = XMIWriter(document, context: context)
        return try writer.write()
    }

    private init(_ document: Document, context: WriteContext) {
        self.document = document
        self.context = context
        offsets = TextOffsets(document.text)
        units = UTF16Offsets(document.text)
        kept = KeptLines.of(document, .xmi)
        entities = Dictionary(document.entities.map { ($0.id, $0) }) { first, _ in first }
    }

    private mutating func write() throws -> String {
        countLosses()
        let text = try allowed(document.text, at: nil)
        var sofa = XMIKeys.decoded(document.metadata[XMIKeys.sofa])
        let taken = document.entities.map(\.id) + document.relations.map(\.id) + kept.compactMap(Self.id)
        nextID = 1 + (taken + sofa.map(\.value)).compactMap { Int($0) }.filter { $0 < Int.max >> 1 }.reduce(0, max)
        if sofa.isEmpty {
            sofa = [
                ("xmi:id", next()), ("sofaNum", "1"), ("sofaID", "_InitialView"), ("mimeType", "text/plain"),
            ]
        }
        let sofaID = sofa.first { $0.name == "xmi:id" }?.value ?? ""
        xml = "<cas:NULL xmi:id=\"0\" />\n"
        for entity in document.entities { try add(entity, sofa: sofaID) }
        for relation in document.relations { try add(relation, sofa: sofaID) }
        for line in kept { xml += line + "\n" }
        xml += XMLText.element("cas:Sofa", attributes: sofa + [("sofaString", text)]) + "\n"
        if hasView { xml += XMLText.element("cas:View", attributes: view(sofa: sofaID)) + "\n" }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + XMLText.startTag("xmi:XMI", attributes: namespaces() + [("xmi:version", "2.0")]) + ">\n"
            + xml + "</xmi:XMI>\n"
    }

    private func countLosses() {
        context.loseProvenance(of: document)
        context.loseMetadata(of: document)
        context.loseGaps(of: document)
        context.lose(.label, count: document.labels.count)
        context.lose(.line, count: document.uninterpreted.count - kept.count)
        let new = document.entities.filter { $0.attributes["ontologyConceptArr"] == nil }
        context.lose(.code, count: new.reduce(0) { $0 + $1.codes.count })
    }

    private func namespaces() -> [(name: String, value: String)] {
        let declared = XMIKeys.decoded(document.metadata[XMIKeys.namespaces])
        let usesCustom = xml.utf8.firstRange(of: "<\(XMIKeys.customPrefix):".utf8) != nil
        return XMIKeys.completed(declared, usesCustom: usesCustom).map { ("xmlns:\($0.name)", $0.value) }
    }

    /// Whether there is a view: the one that was read, or a new one where there is something new for it to show.
    private var hasView: Bool {
        document.metadata[XMIKeys.view] != nil || document.metadata[XMIKeys.sofa] == nil
            || document.entities.contains { $0.attributes[XMIKeys.element] == nil }
            || document.relations.contains { $0.attributes[XMIKeys.element] == nil }
    }

    /// The members of the view: those it had, as far as they are written, and the new ones.
    private func view(sofa: String) -> [(name: String, value: String)] {
        let known = writtenIDs.union(kept.compactMap(Self.id))
        var view = XMIKeys.decoded(document.metadata[XMIKeys.view])
        if view.isEmpty { view = [("sofa", sofa)] }
        let old = view.first { $0.name == "members" }?.value.split(separator: " ").map(String.init) ?? []
        let all = old.filter(known.contains) + newIDs
        let members = all.joined(separator: " ")
        if let place = view.firstIndex(where: { $0.name == "members" }) {
            view[place].value = members
        } else if !all.isEmpty || document.metadata[XMIKeys.view] == nil {
            view.append(("members", members))
        }
        return view
    }

    private mutating func next() -> String {
        defer { nextID += 1 }
        return String(nextID)
    }

    /// The id of an element: its own where XMI can hold it.
    private mutating func id(_ own: String) -> String {
        Int(own).map(String.init) == own && taken.insert(own).inserted ? own : next()
    }

    private mutating func add(_ entity: Entity, sofa: String) throws {
        let id = id(entity.id)
        if ids[entity.id] == nil { ids[entity.id] = id }
        let place = try self.place(of: entity)
        try add(
            entity.attributes, element: XMIKeys.span, type: entity.type,
            [("xmi:id", id), ("sofa", sofa), ("begin", place.begin), ("end", place.end)], at: entity)
    }

    private mutating func add(_ relation: Relation, sofa: String) throws {
        let ends = relation.arguments.compactMap { entities[$0.entityID] }
        guard ends.count == 2, relation.arguments.count == 2, let governor = ids[ends[0].id],
            let dependent = ids[ends[1].id]
        else { return context.lose(.relation) }
        let place = try self.place(of: ends[1])
        try add(
            relation.attributes, element: XMIKeys.relation, type: relation.type,
            [
                ("xmi:id", id(relation.id)), ("sofa", sofa),
                ("begin", relation.attributes[XMIKeys.place + "begin"] ?? place.begin),
                ("end", relation.attributes[XMIKeys.place + "end"] ?? place.end), ("Governor", governor),
                ("Dependent", dependent),
            ], at: ends[1])
    }

    private mutating func add(
        _ properties: [String: String], element: String, type: String, _ place: [(name: String, value: String)],
        at entity: Entity
    ) throws {
        let isOurs = properties[XMIKeys.element] == nil
        var name = properties[XMIKeys.element] ?? element
        var attributes = place
        if let feature = properties[XMIKeys.feature] ?? (isOurs ? "label" : nil) {
            try check(feature)
            attributes.append((feature, type))
        } else if let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) {
            name = String(name[...colon]) + type
        }
        try check(name)
        let written = Set(attributes.map(\.name))
        for (key, value) in LayoutKeys.ofMention(properties).sorted(by: { $0.key < $1.key })
        where !written.contains(key) {
            try check(key)
            attributes.append((key, value))
        }
        attributes = try attributes.map { ($0.name, try allowed($0.value, at: entity)) }
        var children = ""
        for child in properties[XMIKeys.children].flatMap(JSONParser.value)?.array ?? [] {
            guard let pair = child.array?.compactMap(\.string), pair.count == 2 else { continue }
            try check(pair[0])
            children += "<\(pair[0])>\(XMLText.escapedAttribute(pair[1]))</\(pair[0])>"
        }
        xml +=
            children.isEmpty
            ? XMLText.element(name, attributes: attributes)
            : XMLText.startTag(name, attributes: attributes) + ">\(children)</\(name)>"
        xml += "\n"
        writtenIDs.insert(place[0].value)
        if isOurs { newIDs.append(place[0].value) }
    }

    private func place(of entity: Entity) throws -> (begin: String, end: String) {
        let range = offsets.codePoints(of: entity.hull)
        return (
            String(units.unit(ofCodePoint: range.lowerBound)), String(units.unit(ofCodePoint: range.upperBound))
        )
    }

    /// Makes sure that an element or a feature can have a name.
    private func check(_ name: String) throws {
        guard !XMLText.isName(name) else { return }
        throw CorpusError.nameNotInFormat(
            document: document.id, name: name, format: .xmi, rule: "the names of types and features have no blanks")
    }

    /// A text that XML can hold: itself, or with what replaces other characters.
    private func allowed(_ text: String, at entity: Entity?) throws -> String {
        guard let (offset, scalar) = XMLText.firstForbidden(in: text) else { return text }
        guard let replacement = context.options.xmlReplacement else {
            let place = entity.map { offsets.codePointOffset(ofUTF8: $0.hull.start) } ?? offset
            throw CorpusError.characterNotInXML(document: document.id, offset: place, character: scalar.value)
        }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isForbidden = XMLText.firstForbidden(in: String(scalar)) != nil
            scalars.append(isForbidden ? replacement : scalar)
        }
        return String(scalars)
    }

    /// The id in a kept element.
    private static func id(of element: String) -> String? {
        guard let start = element.utf8.firstRange(of: " xmi:id=\"".utf8)?.upperBound else { return nil }
        return element[start...].utf8.firstIndex(of: UInt8(ascii: "\"")).map { String(element[start..<$0]) }
    }
}
