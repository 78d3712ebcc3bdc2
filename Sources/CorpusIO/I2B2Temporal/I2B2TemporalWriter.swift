import ClinicalText

/// Writes a note as i2b2 2012 has it by line and token: the annotations in the order of the entities, with all their
/// attributes, and the links between them.
///
/// Entities of other types than `EVENT`, `TIMEX3` and `SECTIME` have no place in the format and are counted.
enum I2B2TemporalWriter {
    /// The contents of the annotation files by their endings.
    ///
    /// - Throws: ``CorpusError/nameNotInFormat(document:name:format:rule:)``.
    static func annotations(of document: Document, context: WriteContext) throws -> [String: String] {
        let writer = LineTokenWriter(document, format: .i2b2Temporal2012, lowercasing: false, context: context)
        var extents = ""
        var fields: [String: String] = [:]
        for entity in document.entities {
            guard let kind = I2B2TemporalReader.kinds.first(where: { $0.name == entity.type }) else {
                context.lose(.entity)
                continue
            }
            guard let field = writer.field(kind.name, entity) else { continue }
            if fields[entity.id] == nil { fields[entity.id] = field }
            let others = entity.attributes.keys.filter { !kind.attributes.contains($0) }.sorted()
            extents += field
            for name in kind.attributes + others {
                guard let value = entity.attributes[name] else { continue }
                if let field = writer.field(name, value) { extents += "||\(field)" } else { context.lose(.attribute) }
            }
            extents += "\n"
        }
        var links = ""
        for relation in document.relations {
            let arguments = relation.arguments.compactMap { fields[$0.entityID] }
            guard relation.type == I2B2TemporalReader.link, arguments.count == 2,
                relation.arguments.map(\.role) == I2B2TemporalReader.roles
            else {
                context.lose(.relation)
                continue
            }
            links += arguments.joined(separator: "||")
            links += try "||\(writer.required("type", relation.attributes["type"] ?? ""))\n"
        }
        writer.countLosses(keeping: { Set($0.attributes.keys) }, ofRelations: { _ in ["type"] })
        return ["extent": extents, "tlink": links]
    }
}
