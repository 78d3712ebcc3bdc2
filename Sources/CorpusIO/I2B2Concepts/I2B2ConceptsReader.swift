import ClinicalText
import Essentials

/// Reads a note of i2b2/VA 2010: concepts become entities with the attribute `assertion` where one is given, relations
/// have the arguments `Arg1` and `Arg2`.
struct I2B2ConceptsReader {
    /// Of an entity: what the `.ast` file says about it.
    static let assertion = "assertion"

    private let id: String
    private var mentions: ConceptMentions

    /// Reads the files of a note; those that are missing say nothing.
    ///
    /// - Throws: ``CorpusError``, `FileError`.
    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> Document {
        let note = try unit.main.load(context.options)
        let text = try note.text()
        let concepts = try unit.companions["con"]?.load(context.options)
        let assertions = try unit.companions["ast"]?.load(context.options)
        var reader = I2B2ConceptsReader(
            id: note.stem,
            mentions: ConceptMentions(
                file: concepts?.path ?? assertions?.path ?? note.path, text: text, document: note.stem, context: context
            ))
        if let concepts {
            let lines = try reader.mentions.lines(of: concepts, context: &context)
            try reader.mentions.add(lines, file: concepts.path, context: &context)
        }
        if let assertions { try reader.assert(assertions, hasConcepts: concepts != nil, context: &context) }
        let relations = try reader.relations(of: unit.companions["rel"]?.load(context.options), context: &context)
        reader.mentions.report(to: &context)
        return Document(
            id: note.stem, text: text, metadata: ["file": note.name], entities: reader.mentions.entities,
            relations: relations)
    }

    /// Gives the mentions their assertions; what is asserted about a concept that the `.con` file lacks is added.
    private mutating func assert(_ file: InputFile, hasConcepts: Bool, context: inout ReadContext) throws {
        let lines = try LineTokenRecord.records(of: file, .attribute, document: id, context: &context) { record in
            let fields = record.fields
            guard fields.count == 3, fields[0].isMention("c"), fields[1].isValue("t"), fields[2].isValue("a") else {
                throw CorpusError.malformed(
                    file: file.path, line: record.line,
                    problem: "an assertion must read c=\"TEXT\" LINE:TOKEN LINE:TOKEN||t=\"TYPE\"||a=\"ASSERTION\"")
            }
            let mention = fields[0].mention(called: "the concept", line: record.line)
            return (concept: ConceptMentions.Line(mention: mention, type: fields[1].text), value: fields[2].text)
        }
        let missing = lines.filter { !mentions.has($0.concept) }
        if hasConcepts {
            for line in missing {
                context.note(
                    CorpusFault(
                        .danglingReference, file: file.path, line: line.concept.mention.line, document: id,
                        message: "\(line.concept.mention.description) is not in the .con file; it is added",
                        fix: "add it to the .con file", isRepaired: context.isRepairing))
            }
        }
        try mentions.add(missing.map(\.concept), file: file.path, context: &context)
        var used: [ConceptMentions.Key: Int] = [:]
        for line in lines {
            _ = try context.attempt(.attribute, document: id) { _ in
                try assert(line.value, about: line.concept, used: &used, file: file.path)
            }
        }
    }

    private mutating func assert(
        _ value: String, about concept: ConceptMentions.Line, used: inout [ConceptMentions.Key: Int], file: String
    ) throws {
        let line = concept.mention.line
        let indices = mentions.indices(of: concept)
        guard let last = indices.last else {
            throw CorpusError.fault(
                CorpusFault(
                    .danglingReference, severity: .error, file: file, line: line, document: id,
                    message: "\(concept.mention.description) could not be read, so neither can its assertion",
                    fix: "correct its place"))
        }
        let count = used[ConceptMentions.Key(place: concept.place, type: concept.type), default: 0]
        guard count < indices.count else {
            // Of a concept that was removed as a repetition, what is asserted is said already.
            if mentions.entities[last].attributes[Self.assertion] == value { return }
            throw CorpusError.malformed(
                file: file, line: line, problem: "a second assertion about \(concept.mention.description); keep one")
        }
        used[ConceptMentions.Key(place: concept.place, type: concept.type)] = count + 1
        mentions.set(Self.assertion, to: value, of: indices[count])
    }

    private func relations(of file: InputFile?, context: inout ReadContext) throws -> [Relation] {
        let relations = try LineTokenRecord.records(of: file, .relation, document: id, context: &context) { record in
            let fields = record.fields
            guard let file, fields.count == 3, fields[0].isMention("c"), fields[1].isValue("r"),
                fields[2].isMention("c")
            else {
                throw CorpusError.malformed(
                    file: file?.path ?? "", line: record.line,
                    problem: "a relation must read c=\"TEXT\" LINE:TOKEN LINE:TOKEN||r=\"TYPE\"||c=\"TEXT\" "
                        + "LINE:TOKEN LINE:TOKEN")
            }
            let type = fields[1].text
            let first = try entity(fields[0], preferring: Self.firstType(of: type), record.line, file)
            let second = try entity(fields[2], preferring: "problem", record.line, file)
            return (
                type: type,
                arguments: [Relation.Argument(role: "Arg1", entityID: first), .init(role: "Arg2", entityID: second)]
            )
        }
        return relations.enumerated().map { Relation(id: "R\($0 + 1)", type: $1.type, arguments: $1.arguments) }
    }

    /// The concept that a relation names by its place.
    private func entity(
        _ field: LineTokenRecord.Field, preferring type: String?, _ line: Int, _ file: InputFile
    ) throws -> String {
        guard let (_, indices) = mentions.indices(at: field.places[0], preferring: type) else {
            throw CorpusError.fault(
                CorpusFault(
                    .danglingReference, severity: .error, file: file.path, line: line, document: id,
                    message: "\(field.mention(called: "the concept", line: line).description) is not in the .con file",
                    fix: "add it there, or correct its place"))
        }
        return mentions.entities[indices[0]].id
    }

    /// What a relation's first concept is: treatments, tests or problems relate to a problem.
    private static func firstType(of relation: String) -> String? {
        if relation.hasPrefix("Tr") { return "treatment" }
        if relation.hasPrefix("Te") { return "test" }
        return relation == "PIP" ? "problem" : nil
    }
}
