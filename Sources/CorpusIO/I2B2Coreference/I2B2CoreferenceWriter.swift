import ClinicalText

/// Writes a note as i2b2/VA 2011 has it: mentions in the order of the entities, chains and pairs as their arguments'
/// roles tell them apart.
enum I2B2CoreferenceWriter {
    /// The contents of the annotation files by their endings.
    ///
    /// - Throws: ``CorpusError/nameNotInFormat(document:name:format:rule:)``.
    static func annotations(of document: Document, context: WriteContext) throws -> [String: String] {
        let writer = LineTokenWriter(document, format: .i2b2Coreference2011, lowercasing: true, context: context)
        var concepts = ""
        var fields: [String: String] = [:]
        for entity in document.entities {
            let type = try writer.required("t", entity.type)
            guard let field = writer.field("c", entity) else { continue }
            if fields[entity.id] == nil { fields[entity.id] = field }
            concepts += "\(field)||\(type)\n"
        }
        var chains = ""
        var pairs = ""
        for relation in document.relations {
            let mentions = relation.arguments.compactMap { fields[$0.entityID] }
            let roles = relation.arguments.map(\.role)
            let isPair = roles == I2B2CoreferenceReader.pairRoles
            guard !mentions.isEmpty, mentions.count == roles.count,
                isPair || roles.allSatisfy({ $0 == I2B2CoreferenceReader.mentionRole })
            else {
                context.lose(.relation)
                continue
            }
            let type = try writer.required("t", relation.type)
            if isPair {
                pairs += "\(mentions[0])||\(type)||\(mentions[1])\n"
            } else {
                chains += "\(mentions.joined(separator: "||"))||\(type)\n"
            }
        }
        writer.countLosses(keeping: { _ in [] }, ofRelations: { _ in [] })
        return ["con": concepts, "chains": chains, "pairs": pairs]
    }
}
