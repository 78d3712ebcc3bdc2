import ClinicalText
import Essentials

/// Reads a note of i2b2 2009: an entry becomes a relation `medication` whose roles are the names of its fields.
///
/// Fields with a place are entities of the field's name, one for all entries that have the same field in the same place.
/// Fields without are attributes of the relation: `nm` for what is not mentioned, the event, the certainty; so are those
/// that are left out because the note does not have their place.
struct I2B2MedicationReader {
    /// The type of relations.
    static let relation = "medication"
    /// The fields that an entry has, in their order.
    static let fields = ["m", "do", "mo", "f", "du", "r"]
    /// The fields that it may have besides, in their order; they have no place.
    static let values = ["e", "t", "c", "ln"]
    /// What stands in a field that the note does not mention.
    static let notMentioned = "nm"

    private struct Mention: Hashable {
        let type: String
        let spans: [TextSpan]
    }

    private let id: String
    private let file: InputFile
    private var entities: [Entity] = []
    private var ids: [Mention: String] = [:]
    private var check: MentionCheck
    private var alignment: LineTokenAlignment

    /// Reads the files of a note; without entries it is an unlabelled note.
    ///
    /// - Throws: ``CorpusError``, `FileError`.
    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> Document {
        let note = try unit.main.load(context.options)
        var document = Document(
            id: I2B2MedicationFiles.name(of: unit.main), text: try note.text(), metadata: ["file": note.name])
        guard let file = try unit.companions["entries"]?.load(context.options) else { return document }
        let records = try LineTokenRecord.records(of: file, .relation, document: document.id, context: &context) {
            try checked($0, file: file.path)
        }
        var reader = I2B2MedicationReader(file, records, of: document, context: context)
        for record in records {
            var relation = try reader.relation(of: record, context: &context)
            relation.id = "R\(document.relations.count + 1)"
            document.relations.append(relation)
        }
        document.entities = reader.entities
        reader.alignment.report(to: &context)
        context.take(reader.check)
        return document
    }

    private init(_ file: InputFile, _ records: [LineTokenRecord], of document: Document, context: ReadContext) {
        id = document.id
        self.file = file
        check = context.check(file: file.path, text: document.text, document: document.id)
        let mentions = records.flatMap { record in
            record.fields.filter(\.isPlaced).map { Self.mention($0, of: record) }
        }
        alignment = LineTokenAlignment(
            mentions, file: file.path, ignoringCase: true, check: check, isRepairing: context.isRepairing)
    }

    /// An entry that says what it is about and says nothing twice.
    private static func checked(_ record: LineTokenRecord, file: String) throws -> LineTokenRecord {
        var names: Set<String> = []
        for field in record.fields where !names.insert(field.name).inserted {
            throw CorpusError.malformed(
                file: file, line: record.line, problem: "a second field \(field.name) in the entry; keep one")
        }
        guard names.contains("m") else {
            throw CorpusError.malformed(
                file: file, line: record.line, problem: "the entry has no field m; write what medication it is about")
        }
        return record
    }

    private mutating func relation(of record: LineTokenRecord, context: inout ReadContext) throws -> Relation {
        var relation = Relation(id: "", type: Self.relation, arguments: [])
        let fields = Dictionary(record.fields.map { ($0.name, $0) }) { first, _ in first }
        let others = record.fields.filter { !Self.fields.contains($0.name) }
        for name in Self.fields where fields[name] == nil {
            relation.attributes[name] = Self.notMentioned
            note(
                .malformed, "the entry has no field \(name), which is taken as not mentioned", record.line,
                fix: "write \(name)=\"\(Self.notMentioned)\"", context: &context)
        }
        for field in Self.fields.compactMap({ fields[$0] }) + others {
            guard field.isPlaced else {
                relation.attributes[field.name] = field.text
                noteValue(field, record.line, context: &context)
                continue
            }
            if !Self.fields.contains(field.name) { noteUnknown(field, record.line, context: &context) }
            let entity = try context.attempt(.entity, document: id) { _ in
                try self.entity(Self.mention(field, of: record), type: field.name)
            }
            if let entity = entity ?? nil {
                relation.arguments.append(.init(role: field.name, entityID: entity))
            } else {
                relation.attributes[field.name] = field.text
            }
        }
        return relation
    }

    /// The id of a field's entity, which earlier entries may have; nothing if a repair removed it.
    private mutating func entity(_ mention: LineTokenMention, type: String) throws -> String? {
        let spans = try alignment.spans(of: mention, check: &check)
        let key = Mention(type: type, spans: spans)
        if let id = ids[key] { return id }
        let entity = Entity(id: "E\(entities.count)", type: type, spans: spans)
        guard let entity = check.check(entity, surface: nil, line: mention.line) else { return nil }
        ids[key] = entity.id
        entities.append(entity)
        return entity.id
    }

    /// Notes a field without a place that should have one or that the format does not know.
    private func noteValue(_ field: LineTokenRecord.Field, _ line: Int, context: inout ReadContext) {
        guard Self.fields.contains(field.name) else {
            if !Self.values.contains(field.name) { noteUnknown(field, line, context: &context) }
            return
        }
        guard field.text != Self.notMentioned else { return }
        note(
            .malformed, "field \(field.name) has a text but no place; it is kept as an attribute of the entry", line,
            fix: "give its place", context: &context)
    }

    private func noteUnknown(_ field: LineTokenRecord.Field, _ line: Int, context: inout ReadContext) {
        let kind = field.isPlaced ? "an entity" : "an attribute of the entry"
        note(
            .notInterpreted, "field \(field.name) is none of the format's; it is kept as \(kind)", line, fix: nil,
            context: &context)
    }

    private func note(
        _ kind: FaultKind, _ message: String, _ line: Int, fix: String?, context: inout ReadContext
    ) {
        context.note(CorpusFault(kind, file: file.path, line: line, document: id, message: message, fix: fix))
    }

    private static func mention(_ field: LineTokenRecord.Field, of record: LineTokenRecord) -> LineTokenMention {
        field.mention(called: "field \(field.name)", line: record.line)
    }
}

extension LineTokenRecord.Field {
    /// Whether the field says where its text stands; the placeholder -1:-1 does not.
    var isPlaced: Bool { !places.isEmpty && !places.allSatisfy(\.isPlaceholder) }
}
