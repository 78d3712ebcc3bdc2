import ClinicalText
import Essentials

/// Reads a note of i2b2/VA 2011: mentions become entities, a chain a relation of its type with an argument `mention` for
/// each, a pair a relation with the arguments `antecedent` and `anaphor`.
struct I2B2CoreferenceReader {
    /// A mention's part in a chain.
    static let mentionRole = "mention"
    /// The parts of the mentions of a pair, in their order.
    static let pairRoles = ["antecedent", "anaphor"]

    /// A chain or a pair, before its mentions are looked up.
    private struct Link {
        let type: String
        let mentions: [LineTokenMention]
        let line: Int
    }

    private let id: String
    private var mentions: ConceptMentions

    /// Reads the files of a note; those that are missing say nothing.
    ///
    /// - Throws: ``CorpusError``, `FileError`.
    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> Document {
        let note = try unit.main.load(context.options)
        let text = try note.text()
        let concepts = try unit.companions["con"]?.load(context.options)
        var reader = I2B2CoreferenceReader(
            id: note.stem,
            mentions: ConceptMentions(
                file: concepts?.path ?? note.path, text: text, document: note.stem, context: context))
        if let concepts {
            let lines = try reader.mentions.lines(of: concepts, context: &context)
            try reader.mentions.add(lines, file: concepts.path, context: &context)
        }
        var relations: [Relation] = []
        if let file = try unit.companions["chains"]?.load(context.options) {
            let chains = try reader.links(of: file, context: &context) { try chain($0, file: file.path) }
            relations += try reader.relations(of: chains, named: "C", roles: nil, file: file.path, context: &context)
        }
        if let file = try unit.companions["pairs"]?.load(context.options) {
            let pairs = try reader.links(of: file, context: &context) { try pair($0, file: file.path) }
            relations += try reader.relations(
                of: pairs, named: "P", roles: pairRoles, file: file.path, context: &context)
        }
        reader.mentions.report(to: &context)
        return Document(
            id: note.stem, text: text, metadata: ["file": note.name], entities: reader.mentions.entities,
            relations: relations)
    }

    /// The links of a file; the mentions that the `.con` file lacks are added, with the type that the link says.
    private mutating func links(
        of file: InputFile, context: inout ReadContext, _ interpret: (LineTokenRecord) throws -> Link
    ) throws -> [Link] {
        let links = try LineTokenRecord.records(of: file, .relation, document: id, context: &context, interpret)
        var missing: [ConceptMentions.Line] = []
        var places: Set<LineTokenPlace> = []
        for link in links {
            for mention in link.mentions
            where !mentions.has(mention.places[0]) && places.insert(mention.places[0]).inserted {
                missing.append(.init(mention: mention, type: Self.mentionType(of: link.type)))
                context.note(
                    CorpusFault(
                        .danglingReference, file: file.path, line: link.line, document: id,
                        message: "\(mention.description) is not in the .con file; it is added",
                        fix: "add it to the .con file", isRepaired: context.isRepairing))
            }
        }
        try mentions.add(missing, file: file.path, context: &context)
        return links
    }

    private func relations(
        of links: [Link], named prefix: String, roles: [String]?, file: String, context: inout ReadContext
    ) throws -> [Relation] {
        var relations: [Relation] = []
        for link in links {
            let arguments = try context.attempt(.relation, document: id) { _ in
                try self.arguments(of: link, roles, file)
            }
            guard let arguments else { continue }
            relations.append(
                Relation(id: "\(prefix)\(relations.count + 1)", type: link.type, arguments: arguments))
        }
        return relations
    }

    /// The mentions of a link; of several in one place, one after the other.
    private func arguments(of link: Link, _ roles: [String]?, _ file: String) throws -> [Relation.Argument] {
        var used: [ConceptMentions.Key: Int] = [:]
        return try link.mentions.enumerated().map { number, mention in
            guard
                let (key, indices) = mentions.indices(
                    at: mention.places[0], preferring: Self.mentionType(of: link.type))
            else {
                throw CorpusError.fault(
                    CorpusFault(
                        .danglingReference, severity: .error, file: file, line: link.line, document: id,
                        message: "\(mention.description) could not be read, so neither can its link",
                        fix: "correct its place"))
            }
            let count = used[key, default: 0]
            used[key] = count + 1
            let index = indices[min(count, indices.count - 1)]
            return .init(role: roles?[number] ?? Self.mentionRole, entityID: mentions.entities[index].id)
        }
    }

    /// `person` of `coref person`.
    private static func mentionType(of link: String) -> String {
        link.hasPrefix("coref ") ? String(link.dropFirst("coref ".count)) : link
    }

    private static func chain(_ record: LineTokenRecord, file: String) throws -> Link {
        guard let type = record.fields.last, type.isValue("t"), record.fields.count > 1,
            record.fields.dropLast().allSatisfy({ $0.isMention("c") })
        else {
            throw CorpusError.malformed(
                file: file, line: record.line,
                problem: "a chain must read c=\"TEXT\" LINE:TOKEN LINE:TOKEN for each mention, joined by ||, and "
                    + "||t=\"TYPE\" at the end")
        }
        return link(record.fields.dropLast(), type: type.text, line: record.line)
    }

    private static func pair(_ record: LineTokenRecord, file: String) throws -> Link {
        let fields = record.fields
        guard fields.count == 3, fields[0].isMention("c"), fields[1].isValue("t"), fields[2].isMention("c") else {
            throw CorpusError.malformed(
                file: file, line: record.line,
                problem:
                    "a pair must read c=\"TEXT\" LINE:TOKEN LINE:TOKEN||t=\"TYPE\"||c=\"TEXT\" LINE:TOKEN LINE:TOKEN")
        }
        return link([fields[0], fields[2]], type: fields[1].text, line: record.line)
    }

    private static func link(_ fields: [LineTokenRecord.Field], type: String, line: Int) -> Link {
        Link(type: type, mentions: fields.map { $0.mention(called: "the mention", line: line) }, line: line)
    }
}
