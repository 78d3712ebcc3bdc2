import ClinicalText

/// Reads a record of doccano.
struct DoccanoReader {
    private let record: JSONRecord
    private let object: JSONObject
    private var spans: JSONSpans
    private var document: Document

    /// The document of a record.
    ///
    /// - Throws: ``CorpusError``.
    static func document(of record: JSONRecord, context: inout ReadContext) throws -> Document {
        var reader = try DoccanoReader(record, context: context)
        let read = try reader.readEntities(&context)
        DoccanoFormat.extras.keep(
            reader.object,
            except: read.union(["id", reader.document.metadata[DoccanoFormat.textKey] ?? "text", "cats", "relations"]),
            in: &reader.document.metadata)
        return reader.document
    }

    private init(_ record: JSONRecord, context: ReadContext) throws {
        self.record = record
        object = try record.object()
        let member = object["text"] == nil && object["data"] != nil ? "data" : "text"
        guard let text = object[member]?.string else { throw record.malformed("text is missing or no string") }
        document = Document(id: try record.id(object["id"]), text: text, metadata: record.place)
        if member != "text" { document.metadata[DoccanoFormat.textKey] = member }
        spans = JSONSpans(record, text: text, document: document.id, context: context)
    }

    /// Reads entities, relations and labels.
    ///
    /// - Returns: the names of the members that hold the entities.
    private mutating func readEntities(_ context: inout ReadContext) throws -> Set<String> {
        var read: Set<String> = []
        if let values = object["entities"]?.array {
            read.insert("entities")
            let isTriples = values.first?.array != nil
            document.metadata[DoccanoFormat.schemaKey] =
                (isTriples ? DoccanoFormat.Schema.triples : .entities).rawValue
            for value in values {
                _ = try context.attempt(.entity, document: document.id) { _ in try add(entity: value) }
            }
        }
        for schema in [DoccanoFormat.Schema.label, .labels] where read.isEmpty {
            guard let values = object[schema.rawValue]?.array else { continue }
            read.insert(schema.rawValue)
            document.metadata[DoccanoFormat.schemaKey] = schema.rawValue
            for value in values {
                _ = try context.attempt(.entity, document: document.id) { _ in try add(label: value, schema) }
            }
        }
        if read.isEmpty { document.metadata[DoccanoFormat.schemaKey] = DoccanoFormat.Schema.unannotated.rawValue }
        for value in object["cats"]?.array ?? [] {
            let label = try context.attempt(.label, document: document.id) { _ in
                guard let text = value.string else { throw record.malformed("a value of cats is no string") }
                return DocumentLabel(name: "cats", value: text)
            }
            if let label { document.labels.append(label) }
        }
        if object["cats"] != nil, object["cats"]?.array == nil { throw record.malformed("cats is no array") }
        document.entities = spans.entities
        try readRelations(&context)
        context.take(spans.check)
        return read
    }

    private mutating func add(entity value: JSONValue) throws {
        if let triple = value.array { return try spans.add(triple: triple) }
        guard let entity = value.object else { throw record.malformed("an entity is \(value.kind), not an object") }
        var attributes: [String: String] = [:]
        DoccanoFormat.extras.keep(
            entity, except: ["id", "label", "start_offset", "end_offset"], in: &attributes)
        try spans.add(
            id: entity["id"]?.id ?? "", label: entity["label"], start: entity["start_offset"],
            end: entity["end_offset"], attributes: attributes)
    }

    private mutating func add(label value: JSONValue, _ schema: DoccanoFormat.Schema) throws {
        if let text = value.string { return document.labels.append(.init(name: schema.rawValue, value: text)) }
        guard let triple = value.array else {
            throw record.malformed("a label is \(value.kind), not [start, end, label]")
        }
        try spans.add(triple: triple)
    }

    private mutating func readRelations(_ context: inout ReadContext) throws {
        let ids = Set(document.entities.map(\.id))
        for (index, value) in (object["relations"]?.array ?? []).enumerated() {
            let relation = try context.attempt(.relation, document: document.id) { _ in try self.relation(value, index)
            }
            guard let relation else { continue }
            if relation.arguments.allSatisfy({ ids.contains($0.entityID) }) {
                document.relations.append(relation)
            } else {
                document.uninterpreted.append(KeptLines.line(value.text, of: .doccano))
                spans.check.note(
                    .danglingReference,
                    "relation \(relation.id) refers to what is not there; it is kept but not interpreted",
                    line: record.line)
            }
        }
    }

    private func relation(_ value: JSONValue, _ index: Int) throws -> Relation {
        guard let object = value.object, let from = object["from_id"]?.id, let to = object["to_id"]?.id,
            let type = object["type"]?.string
        else { throw record.malformed("relations[\(index)] has no from_id, to_id or type") }
        var attributes: [String: String] = [:]
        DoccanoFormat.extras.keep(object, except: ["id", "from_id", "to_id", "type"], in: &attributes)
        return Relation(
            id: object["id"]?.id ?? "R\(index)", type: type,
            arguments: [.init(role: "from", entityID: from), .init(role: "to", entityID: to)], attributes: attributes)
    }
}
