import ClinicalText

/// Reads a record of spaCy.
struct SpaCyReader {
    private let record: JSONRecord
    private let object: JSONObject
    private let layout: SpaCyFormat.Layout
    private var document: Document
    private var spans: JSONSpans

    /// The document of a record.
    ///
    /// - Throws: ``CorpusError``.
    static func document(of record: JSONRecord, context: inout ReadContext) throws -> Document {
        var reader = try SpaCyReader(record, context: context)
        try reader.readEntities(&context)
        try reader.readCategories(&context)
        SpaCyFormat.extras.keep(
            reader.object, except: ["id", "text", "cats", reader.layout.member], in: &reader.document.metadata)
        return reader.document
    }

    private init(_ record: JSONRecord, context: ReadContext) throws {
        self.record = record
        var layout = SpaCyFormat.Layout()
        var text: String?
        if let pair = record.value.array {
            guard pair.count == 2, let annotations = pair[1].object else {
                throw record.malformed("the record is an array, but not [text, {\"entities\": …}]")
            }
            layout.isPair = true
            text = pair[0].string
            object = annotations
        } else {
            object = try record.object()
            text = object["text"]?.string
        }
        guard let text else { throw record.malformed("text is missing or no string") }
        let object = object
        layout.member = SpaCyFormat.Layout.members.first { object[$0]?.array != nil } ?? layout.member
        layout.hasObjects = object[layout.member]?.array?.first?.object != nil
        self.layout = layout
        document = Document(id: try record.id(object["id"]), text: text, metadata: record.place)
        if layout != SpaCyFormat.Layout() { document.metadata[SpaCyFormat.layoutKey] = layout.text }
        spans = JSONSpans(record, text: text, document: document.id, context: context)
    }

    private mutating func readEntities(_ context: inout ReadContext) throws {
        guard let value = object[layout.member] else { return }
        guard let values = value.array else { throw record.malformed("\(layout.member) is no array") }
        for value in values {
            _ = try context.attempt(.entity, document: document.id) { _ in
                if let triple = value.array { return try spans.add(triple: triple) }
                guard let entity = value.object else {
                    throw record.malformed("an entity is \(value.kind), not [start, end, label]")
                }
                var attributes: [String: String] = [:]
                SpaCyFormat.extras.keep(entity, except: ["id", "start", "end", "label", "kb_id"], in: &attributes)
                let code = entity["kb_id"]?.string ?? ""
                try spans.add(
                    id: entity["id"]?.id ?? "", label: entity["label"], start: entity["start"], end: entity["end"],
                    surface: entity["text"]?.string, attributes: attributes, codes: code.isEmpty ? [] : [code])
            }
        }
        document.entities = spans.entities
        context.take(spans.check)
    }

    /// Categories of the whole text and how sure they are: `"cats": {"POSITIVE": 1.0}`.
    private mutating func readCategories(_ context: inout ReadContext) throws {
        guard let value = object["cats"], value != .null else { return }
        guard let categories = value.object else { throw record.malformed("cats is \(value.kind), not an object") }
        for member in categories.members {
            guard let value = member.value.scalar else {
                throw record.malformed("a value of cats is \(member.value.kind), not a number")
            }
            document.labels.append(DocumentLabel(name: member.name, value: value))
        }
    }
}
