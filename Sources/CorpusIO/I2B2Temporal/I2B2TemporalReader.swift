import ClinicalText
import Essentials

/// Reads a note of i2b2 2012 by line and token: `EVENT`, `TIMEX3` and `SECTIME` become entities of these types with all
/// their attributes, links become relations `TLINK` with the arguments `from` and `to` and the attribute `type`.
struct I2B2TemporalReader {
    /// A kind of annotation.
    struct Kind {
        /// What its lines begin with.
        let name: String
        /// What the ids begin with that the XML files give it.
        let idPrefix: String
        /// Its attributes in the order in which they are written.
        let attributes: [String]
    }

    /// What names an annotation in a link.
    private struct Key: Hashable {
        let kind: String
        let place: LineTokenPlace
    }

    /// The kinds of annotations that there are.
    static let kinds = [
        Kind(name: "EVENT", idPrefix: "E", attributes: ["type", "modality", "polarity", "sec_time_rel"]),
        Kind(name: "TIMEX3", idPrefix: "T", attributes: ["type", "val", "mod"]),
        Kind(name: "SECTIME", idPrefix: "S", attributes: ["type", "dvalue"]),
    ]
    /// The type of relations.
    static let link = "TLINK"
    /// The parts of a relation's arguments, in their order.
    static let roles = ["from", "to"]

    private let id: String
    private var entities: [Entity] = []
    private var ids: [Key: String] = [:]
    private var check: MentionCheck

    /// Reads the files of a note; those that are missing say nothing.
    ///
    /// - Throws: ``CorpusError``, `FileError`.
    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> Document {
        let note = try unit.main.load(context.options)
        let text = try note.text()
        let extents = try unit.companions["extent"]?.load(context.options)
        var reader = I2B2TemporalReader(
            id: note.stem,
            check: context.check(file: extents?.path ?? note.path, text: text, document: note.stem))
        if let extents { try reader.read(extents, context: &context) }
        context.take(reader.check)
        let relations = try reader.relations(of: unit.companions["tlink"]?.load(context.options), context: &context)
        return Document(
            id: note.stem, text: text, metadata: ["file": note.name], entities: reader.entities, relations: relations)
    }

    private init(id: String, check: MentionCheck) {
        self.id = id
        self.check = check
    }

    private mutating func read(_ file: InputFile, context: inout ReadContext) throws {
        let lines = try LineTokenRecord.records(of: file, .entity, document: id, context: &context) { record in
            guard let kind = Self.kind(of: record.fields[0]),
                record.fields.dropFirst().allSatisfy({ $0.places.isEmpty })
            else {
                throw CorpusError.malformed(
                    file: file.path, line: record.line,
                    problem: "an extent must read EVENT=\"TEXT\" LINE:TOKEN LINE:TOKEN (or TIMEX3, or SECTIME) and "
                        + "||NAME=\"VALUE\" for each attribute")
            }
            var attributes: [String: String] = [:]
            for field in record.fields.dropFirst() where attributes.updateValue(field.text, forKey: field.name) != nil {
                throw CorpusError.malformed(
                    file: file.path, line: record.line, problem: "a second attribute \(field.name); keep one")
            }
            let mention = record.fields[0].mention(called: "the \(kind.name)", line: record.line)
            return (kind: kind, mention: mention, attributes: attributes)
        }
        var alignment = LineTokenAlignment(
            lines.map(\.mention), file: file.path, ignoringCase: false, check: check, isRepairing: context.isRepairing)
        var counts: [String: Int] = [:]
        for line in lines {
            let number = counts[line.kind.name, default: 0]
            let entity = try context.attempt(.entity, document: id) { _ in
                let entity = Entity(
                    id: "\(line.kind.idPrefix)\(number)", type: line.kind.name,
                    spans: try alignment.spans(of: line.mention, check: &check), attributes: line.attributes)
                return check.check(entity, surface: nil, line: line.mention.line)
            }
            guard let entity = entity ?? nil else { continue }
            counts[line.kind.name] = number + 1
            let key = Key(kind: line.kind.name, place: line.mention.places[0])
            if ids[key] == nil { ids[key] = entity.id }
            entities.append(entity)
        }
        alignment.report(to: &context)
    }

    private func relations(of file: InputFile?, context: inout ReadContext) throws -> [Relation] {
        let links = try LineTokenRecord.records(of: file, .relation, document: id, context: &context) { record in
            // What the third field is called is not certain.
            guard let file, record.fields.count == 3, Self.kind(of: record.fields[0]) != nil,
                Self.kind(of: record.fields[1]) != nil, record.fields[2].places.isEmpty
            else {
                throw CorpusError.malformed(
                    file: file?.path ?? "", line: record.line,
                    problem: "a link must read EVENT=\"TEXT\" LINE:TOKEN LINE:TOKEN (or TIMEX3, or SECTIME) twice and "
                        + "type=\"TYPE\", joined by ||")
            }
            let arguments = try zip(Self.roles, record.fields).map { role, field in
                Relation.Argument(role: role, entityID: try entity(field, line: record.line, file: file.path))
            }
            return (arguments: arguments, type: record.fields[2].text)
        }
        return links.enumerated().map { number, link in
            Relation(id: "TL\(number)", type: Self.link, arguments: link.arguments, attributes: ["type": link.type])
        }
    }

    /// The annotation that a link names by its kind and place.
    private func entity(_ field: LineTokenRecord.Field, line: Int, file: String) throws -> String {
        guard let id = ids[Key(kind: field.name, place: field.places[0])] else {
            let mention = field.mention(called: "the \(field.name)", line: line)
            throw CorpusError.fault(
                CorpusFault(
                    .danglingReference, severity: .error, file: file, line: line, document: id,
                    message: "\(mention.description) is not in the .extent file",
                    fix: "add it there, or correct its place"))
        }
        return id
    }

    private static func kind(of field: LineTokenRecord.Field) -> Kind? {
        field.places.count == 1 ? kinds.first { $0.name == field.name } : nil
    }
}
