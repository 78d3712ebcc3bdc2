import ClinicalText

/// Writes a note as i2b2/VA 2010 has it: concepts in the order of the entities, assertions about those that have one,
/// relations of two concepts.
enum I2B2ConceptsWriter {
    /// The contents of the annotation files by their endings.
    ///
    /// - Throws: ``CorpusError/nameNotInFormat(document:name:format:rule:)``.
    static func annotations(of document: Document, context: WriteContext) throws -> [String: String] {
        let writer = LineTokenWriter(document, format: .i2b2Concepts2010, lowercasing: true, context: context)
        var concepts = ""
        var assertions = ""
        var fields: [String: String] = [:]
        for entity in document.entities {
            let type = try writer.required("t", entity.type)
            guard let field = writer.field("c", entity) else { continue }
            if fields[entity.id] == nil { fields[entity.id] = field }
            concepts += "\(field)||\(type)\n"
            if let assertion = entity.attributes[I2B2ConceptsReader.assertion] {
                assertions += "\(field)||\(type)||\(try writer.required("a", assertion))\n"
            }
        }
        var relations = ""
        for relation in document.relations {
            let arguments = relation.arguments.compactMap { fields[$0.entityID] }
            guard relation.arguments.count == 2, arguments.count == 2 else {
                context.lose(.relation)
                continue
            }
            relations += "\(arguments[0])||\(try writer.required("r", relation.type))||\(arguments[1])\n"
        }
        writer.countLosses(keeping: { _ in [I2B2ConceptsReader.assertion] }, ofRelations: { _ in [] })
        return ["con": concepts, "ast": assertions, "rel": relations]
    }
}
