import ClinicalText

/// Reads a record of Prodigy.
///
/// What a person rejected or ignored is no annotation: of such a record the text is read, and the rest is kept.
struct ProdigyReader {
    /// A span as relations name it: by its offsets and its label.
    private struct Mention: Hashable {
        let start: Int
        let end: Int
        let label: String?
    }

    private let record: JSONRecord
    private let object: JSONObject
    private var document: Document
    private var spans: JSONSpans
    private var places: [Mention: Int] = [:]

    /// The document of a record.
    ///
    /// - Throws: ``CorpusError``.
    static func document(of record: JSONRecord, context: inout ReadContext) throws -> Document {
        var reader = try ProdigyReader(record, context: context)
        var read: Set<String> = ["text", "meta", "id"]
        if reader.isAccepted {
            try reader.readSpans(&context)
            try reader.readRelations(&context)
            reader.readLabels(&read)
            read.formUnion(["spans", "relations"])
        } else {
            reader.spans.check.note(
                .notInterpreted, "the answer is not accept; the annotations are kept but not read", line: record.line)
        }
        context.take(reader.spans.check)
        ProdigyFormat.keep(reader.object, except: read, in: &reader.document.metadata)
        return reader.document
    }

    private init(_ record: JSONRecord, context: ReadContext) throws {
        self.record = record
        object = try record.object()
        guard let text = object["text"]?.string else { throw record.malformed("text is missing or no string") }
        document = Document(id: try record.id(object["id"]), text: text, metadata: record.place)
        spans = JSONSpans(record, text: text, document: document.id, context: context)
        if let meta = object["meta"], meta != .null {
            guard let meta = meta.object else { throw record.malformed("meta is \(meta.kind), not an object") }
            ProdigyFormat.meta.keep(meta, except: [], in: &document.metadata)
        }
    }

    /// Whether there is no other answer than yes.
    private var isAccepted: Bool { object["answer"].map { $0 == .string("accept") || $0 == .null } ?? true }

    private mutating func readSpans(_ context: inout ReadContext) throws {
        let value = object["spans"] ?? .array([])
        guard let values = value.array else { throw record.malformed("spans is \(value.kind), not an array") }
        for value in values {
            let place = try context.attempt(.entity, document: document.id) { _ in try add(value) }
            guard let place = place ?? nil, let span = value.object, let start = span["start"]?.int,
                let end = span["end"]?.int
            else { continue }
            places[Mention(start: start, end: end, label: span["label"]?.string)] = place
            places[Mention(start: start, end: end, label: nil)] = place
        }
        document.entities = spans.entities
    }

    private mutating func add(_ value: JSONValue) throws -> Int? {
        guard let span = value.object else { throw record.malformed("a span is \(value.kind), not an object") }
        var attributes: [String: String] = [:]
        var kept = JSONObject()
        for member in span.members where !["id", "start", "end", "label"].contains(member.name) {
            if case .string(let text) = member.value, !Self.plumbing.contains(member.name),
                !LayoutKeys.isOfFormat(member.name)
            {
                attributes[member.name] = text
            } else {
                kept[member.name] = member.value
            }
        }
        ProdigyFormat.keep(kept, except: [], in: &attributes)
        return try spans.add(
            id: span["id"]?.id ?? "", label: span["label"], start: span["start"], end: span["end"],
            surface: span["text"]?.string, attributes: attributes)
    }

    /// Members of a span that say nothing about the mention.
    private static let plumbing: Set = ["text", "source", "pattern"]

    private mutating func readRelations(_ context: inout ReadContext) throws {
        let value = object["relations"] ?? .array([])
        guard let values = value.array else { throw record.malformed("relations is \(value.kind), not an array") }
        for (index, value) in values.enumerated() {
            let read = try context.attempt(.relation, document: document.id) { _ -> Relation? in
                guard let object = value.object, let type = object["label"]?.string else {
                    throw record.malformed("relations[\(index)] has no label")
                }
                return relation(object, type, index)
            }
            guard let read else { continue }
            if let relation = read {
                document.relations.append(relation)
            } else {
                document.uninterpreted.append(KeptLines.line(value.text, of: .prodigy))
                spans.check.note(
                    .danglingReference,
                    "relations[\(index)] links what is no span; it is kept but not interpreted", line: record.line)
            }
        }
    }

    private func relation(_ object: JSONObject, _ type: String, _ index: Int) -> Relation? {
        guard let head = entity(object["head_span"]), let child = entity(object["child_span"]) else { return nil }
        var attributes: [String: String] = [:]
        ProdigyFormat.keep(object, except: ["label", "head_span", "child_span"], in: &attributes)
        for name in ["head_span", "child_span"] {
            var span = object[name]?.object ?? JSONObject()
            for member in ["start", "end", "label"] { span[member] = nil }
            if !span.members.isEmpty { attributes[ProdigyFormat.prefix + name] = JSONValue.object(span).text }
        }
        return Relation(
            id: "R\(index)", type: type,
            arguments: [.init(role: "head", entityID: head), .init(role: "child", entityID: child)],
            attributes: attributes)
    }

    /// The id of the entity that an end of a relation is.
    private func entity(_ value: JSONValue?) -> String? {
        guard let start = value?["start"]?.int, let end = value?["end"]?.int else { return nil }
        let label = value?["label"]?.string
        return places[Mention(start: start, end: end, label: label)].map { document.entities[$0].id }
    }

    /// The label of the whole text, and the options that were chosen.
    private mutating func readLabels(_ read: inout Set<String>) {
        if let label = object["label"]?.string {
            document.labels.append(DocumentLabel(name: "label", value: label))
            read.insert("label")
        }
        if let choices = object["accept"]?.array, !choices.isEmpty, choices.allSatisfy({ $0.string != nil }) {
            document.labels += choices.compactMap(\.string).map { DocumentLabel(name: "accept", value: $0) }
            read.insert("accept")
        }
    }
}
