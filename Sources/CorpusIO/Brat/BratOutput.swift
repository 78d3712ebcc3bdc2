import ClinicalText

/// The lines of an annotation file while they are put together: first those that the document was read from, as far as
/// they still hold, then all that is new.
struct BratOutput {
    /// A line to write; one that is kept verbatim goes if what it refers to is gone.
    private struct Line {
        let text: String
        var isKept = false
    }

    private let document: Document
    private let writer: BratWriter
    private let context: WriteContext
    private var ids: BratIDs
    private var lines: [Line] = []
    private var endsInLineEnd = true
    // By the ids in the file, what has not been written yet.
    private var entities: [String: Int] = [:]
    private var relations: [String: Int] = [:]
    /// Equivalences have no ids; the next one is the last.
    private var equivalences: [Int] = []
    private var attributes: [String: [String: String]] = [:]
    private var codes: [String: [String]] = [:]
    private var kept: ArraySlice<String>
    /// The ids of all lines that are not kept ones.
    private var written: Set<String> = []

    /// The content of the annotation file of a document.
    ///
    /// - Throws: ``CorpusError/nameNotInFormat(document:name:format:rule:)``.
    static func text(of document: Document, writer: BratWriter, context: WriteContext) throws -> String {
        var output = BratOutput(document, writer: writer, context: context)
        if let layout = document.metadata[BratKeys.lines] { try output.addLines(layout) }
        try output.addRest()
        return output.text()
    }

    private init(_ document: Document, writer: BratWriter, context: WriteContext) {
        self.document = document
        self.writer = writer
        self.context = context
        ids = BratIDs(document)
        let hasLayout = document.metadata[BratKeys.lines] != nil
        kept = document.uninterpreted.filter { hasLayout || BratLine.isLine($0) }[...]
        context.lose(.line, count: document.uninterpreted.count - kept.count)
        for (index, id) in ids.entities.enumerated() {
            entities[id] = index
            take(document.entities[index].attributes, of: id)
            codes[id] = document.entities[index].codes.filter(Self.isCode)
            context.lose(.code, count: document.entities[index].codes.count - (codes[id]?.count ?? 0))
        }
        let items = zip(document.relations, ids.relations).map { [ids] relation, id in
            BratReferences.Item(
                id: id == "*" ? nil : id, references: relation.arguments.map { ids.name(of: $0.entityID) })
        }
        for (index, stands) in BratReferences.standing(items, known: Set(ids.entities)).enumerated() {
            let id = ids.relations[index]
            if !stands {
                context.lose(.relation)
            } else if id == "*" {
                equivalences.append(index)
                context.lose(.attribute, count: LayoutKeys.ofMention(document.relations[index].attributes).count)
            } else {
                relations[id] = index
                take(document.relations[index].attributes, of: id)
            }
        }
        equivalences.reverse()
    }

    private mutating func take(_ attributes: [String: String], of id: String) {
        let own = LayoutKeys.ofMention(attributes)
        self.attributes[id] = own.filter { Self.isAttribute($0.key, $0.value) }
        context.lose(.attribute, count: own.count - (self.attributes[id]?.count ?? 0))
    }

    private static func isAttribute(_ name: String, _ value: String) -> Bool {
        !name.isEmpty && !name.utf8.contains(where: Surface.isSpace) && !value.isEmpty && value.utf8.first != 0x20
            && value.utf8.last != 0x20 && !value.utf8.contains { $0 != 0x20 && Surface.isSpace($0) }
    }

    private static func isCode(_ code: String) -> Bool {
        code.utf8.contains(UInt8(ascii: ":")) && !code.utf8.contains(where: Surface.isSpace)
    }

    /// The lines the document was read from.
    private mutating func addLines(_ layout: String) throws {
        let entries = layout.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(Substring($0)) }
        endsInLineEnd = entries.last?.isEmpty ?? true
        for (index, entry) in (endsInLineEnd ? entries.dropLast() : entries[...]).enumerated() {
            if entry == BratKeys.kept {
                if let line = kept.popFirst() { lines.append(Line(text: line, isKept: true)) }
            } else if let entity = entities[entry] {
                try add(document.entities[entity], id: entry)
            } else if let line = try? BratLine.parse(entry, file: "", number: index + 1) {
                try add(line, entry)
            }
        }
    }

    private mutating func add(_ line: BratLine, _ entry: String) throws {
        switch line {
        case .blank: lines.append(Line(text: entry))
        case .mention(let mention):
            guard let index = entities[mention.id] else { return }
            let entity = document.entities[index]
            let holds = writer.says(mention, entity)
            try add(entity, id: mention.id, verbatim: holds ? entry : nil)
        case .relation(let read):
            guard read.id != "*" else { return try addEquivalence(read, entry) }
            guard let index = relations[read.id] else { return }
            let relation = document.relations[index]
            let holds = read.type == relation.type && read.arguments == renamed(relation)
            try add(relation, id: read.id, verbatim: holds ? entry : nil)
        case .attribute(let read):
            guard let value = attributes[read.target]?.removeValue(forKey: read.name) else { return }
            let holds = value == read.value
            append(id: read.id, holds ? entry : Self.line(read.id, read.name, read.target, value))
        case .normalization(let read):
            guard let place = codes[read.target]?.firstIndex(of: read.code) else { return }
            codes[read.target]?.remove(at: place)
            append(id: read.id, entry)
        case .other: break
        }
    }

    private mutating func addEquivalence(_ read: Relation, _ entry: String) throws {
        guard let index = equivalences.popLast() else { return }
        let relation = document.relations[index]
        let holds = read.type == relation.type && read.arguments == renamed(relation)
        lines.append(Line(text: holds ? entry : try writer.line(of: relation, ids: ids, id: "*")))
    }

    /// The arguments of a relation under the ids that the file has.
    private func renamed(_ relation: Relation) -> [Relation.Argument] {
        relation.arguments.map { .init(role: $0.role, entityID: ids.name(of: $0.entityID)) }
    }

    private mutating func add(_ entity: Entity, id: String, verbatim: String? = nil) throws {
        entities[id] = nil
        append(id: id, try verbatim ?? writer.line(of: entity, id: id))
    }

    private mutating func add(_ relation: Relation, id: String, verbatim: String? = nil) throws {
        relations[id] = nil
        append(id: id, try verbatim ?? writer.line(of: relation, ids: ids, id: id))
    }

    private mutating func append(id: String, _ line: String) {
        written.insert(id)
        lines.append(Line(text: line))
    }

    /// What the lines so far do not hold: mentions, relations, their attributes and codes, kept lines.
    private mutating func addRest() throws {
        let count = lines.count
        for (entity, id) in zip(document.entities, ids.entities) where entities[id] != nil { try add(entity, id: id) }
        for (relation, id) in zip(document.relations, ids.relations) where relations[id] != nil {
            try add(relation, id: id)
        }
        while let index = equivalences.popLast() {
            lines.append(Line(text: try writer.line(of: document.relations[index], ids: ids, id: "*")))
        }
        for id in ids.entities + ids.relations {
            for (name, value) in (attributes[id] ?? [:]).sorted(by: { $0.key < $1.key }) {
                let own = ids.next("A")
                append(id: own, Self.line(own, name, id, value))
            }
            attributes[id] = nil
        }
        for (entity, id) in zip(document.entities, ids.entities) {
            for code in codes[id] ?? [] {
                let own = ids.next("N")
                append(id: own, "\(own)\tReference \(id) \(code)\t\(writer.surface(of: entity))")
            }
            codes[id] = nil
        }
        while let line = kept.popFirst() { lines.append(Line(text: line, isKept: true)) }
        if lines.count > count { endsInLineEnd = true }
    }

    private static func line(_ id: String, _ name: String, _ target: String, _ value: String) -> String {
        "\(id)\t\(name) \(target)" + (value == BratLine.Attribute.holds ? "" : " \(value)")
    }

    /// The lines, without those kept ones that refer to what is gone.
    private func text() -> String {
        let kept = lines.filter(\.isKept).map(\.text)
        let standing = BratReferences.standing(
            kept.map { .init(id: BratLine.id(of: $0), references: BratLine.references(of: $0)) }, known: written)
        var stands = standing.makeIterator()
        let rest = lines.filter { !$0.isKept || stands.next() == true }
        context.lose(.line, count: lines.count - rest.count)
        let end = document.metadata[BratKeys.carriageReturns] == nil ? "\n" : "\r\n"
        return rest.map(\.text).joined(separator: end) + (endsInLineEnd && !rest.isEmpty ? end : "")
    }
}
