import ClinicalText

/// Makes entities of the spans in JSON records, which count code points.
struct JSONSpans {
    /// The record they are in.
    let record: JSONRecord
    /// What is odd about them.
    var check: MentionCheck
    /// The entities so far.
    var entities: [Entity] = []

    init(_ record: JSONRecord, text: String, document: String, context: ReadContext) {
        self.record = record
        check = context.check(file: record.source.path, text: text, document: document)
    }

    /// Adds an entity.
    ///
    /// - Throws: ``CorpusError`` for a label that is no string and offsets that are no whole numbers or wrong.
    /// - Returns: the entity's place, or nothing if a repair left it out.
    @discardableResult
    mutating func add(
        id: String = "", label: JSONValue?, start: JSONValue?, end: JSONValue?, surface: String? = nil,
        attributes: [String: String] = [:], codes: [String] = []
    ) throws -> Int? {
        let id = check.uniqueID(id, line: record.line)
        guard let type = label?.string, !type.isEmpty else {
            throw record.malformed("entity \(id): its label is no string")
        }
        guard let start = start?.int, let end = end?.int else {
            throw record.malformed("entity \(id): its start or end is not a whole number")
        }
        let spans = try check.spans(of: [(start, end)], id: id, line: record.line, surface: surface)
        return add(Entity(id: id, type: type, spans: spans, attributes: attributes, codes: codes), surface: surface)
    }

    /// Adds an entity whose id and spans come from ``check``.
    ///
    /// - Returns: the entity's place, or nothing if a repair left it out.
    mutating func add(_ entity: Entity, surface: String?) -> Int? {
        guard let entity = check.check(entity, surface: surface, line: record.line) else { return nil }
        entities.append(entity)
        return entities.count - 1
    }

    /// Adds a `[start, end, label]`; what follows these is a concept's id, as spaCy has it.
    ///
    /// - Throws: ``CorpusError``.
    mutating func add(triple: [JSONValue]) throws {
        guard triple.count == 3 || triple.count == 4 else {
            throw record.malformed("an entity is not written [start, end, label]")
        }
        try add(
            label: triple[2], start: triple[0], end: triple[1], codes: triple.dropFirst(3).compactMap(\.string))
    }
}

extension JSONText {
    /// An id, as a number if it looks like one: tools that number things refuse strings.
    mutating func id(_ id: String) {
        if let number = Int(id), String(number) == id { value(number) } else { value(id) }
    }

    /// The members that JSON extras hold.
    mutating func members(_ members: [JSONObject.Member]) {
        for member in members { self.member(member.name) { $0.value(member.value) } }
    }
}

extension JSONValue {
    /// An id, written as a number or as a string.
    var id: String? {
        switch self {
        case .string(let text) where !text.isEmpty: text
        case .number(let digits): digits
        default: nil
        }
    }
}
