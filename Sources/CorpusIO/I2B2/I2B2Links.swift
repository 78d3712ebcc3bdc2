import ClinicalText

/// The tags of a file that link two others, as `TLINK` of 2012, until all entities are known.
struct I2B2Links {
    private var relations: [Relation] = []
    private var tags: [I2B2Tag] = []
    private var ids: Set<String> = []

    /// Takes a link: `attributes` are the tag's without its id.
    ///
    /// - Returns: the relation's id, which is a new one if the tag has none or shares it.
    mutating func add(
        _ tag: I2B2Tag, at index: Int, attributes: [String: String], check: inout MentionCheck
    ) -> String {
        let id = uniqueID(of: tag, at: index, check: &check)
        var attributes = attributes
        for name in ["fromID", "toID", "fromText", "toText"] { attributes[name] = nil }
        tags.append(tag)
        relations.append(
            Relation(
                id: id, type: tag.name,
                arguments: [
                    .init(role: "from", entityID: tag["fromID"] ?? ""), .init(role: "to", entityID: tag["toID"] ?? ""),
                ], attributes: attributes))
        return id
    }

    /// The relations; what a link repeats of the text is kept only where it differs from the entity's.
    ///
    /// Links to entities that a repair removed because they repeat others go to those.
    mutating func relations(
        between entities: [Entity], removed: [Entity], check: inout MentionCheck
    ) -> [Relation] {
        if relations.isEmpty { return [] }
        let byID = Dictionary(entities.map { ($0.id, $0) }) { first, _ in first }
        let twins = Self.twins(of: removed, among: entities)
        for index in relations.indices {
            for (end, name) in ["from", "to"].enumerated() {
                let written = relations[index].arguments[end].entityID
                let id = twins[written] ?? written
                relations[index].arguments[end].entityID = id
                if let surface = oddSurface(of: index, name, entity: byID[id], id: id, check: &check) {
                    relations[index].attributes["\(name)Text"] = surface
                }
            }
        }
        return relations
    }

    /// What a link says of the text at one of its ends, if that is not the text of the entity there.
    private func oddSurface(
        of index: Int, _ name: String, entity: Entity?, id: String, check: inout MentionCheck
    ) -> String? {
        let surface = tags[index]["\(name)Text"]
        guard let entity else {
            check.note(
                .danglingReference, "relation \(relations[index].id) refers to \(id), which is not there",
                line: tags[index].line, fix: "correct its \(name)ID")
            return surface
        }
        guard let surface, !Surface.matches(surface, text: check.text, spans: entity.spans) else { return nil }
        check.note(
            .surfaceMismatch,
            "relation \(relations[index].id): its \(name)Text differs from the text of entity \(id)",
            line: tags[index].line, at: entity.hull, fix: "correct its \(name)ID or its \(name)Text")
        return surface
    }

    private mutating func uniqueID(of tag: I2B2Tag, at index: Int, check: inout MentionCheck) -> String {
        if let id = tag.id, !id.isEmpty, ids.insert(id).inserted { return id }
        let id = "\(tag.name).\(index)"
        ids.insert(id)
        if let old = tag.id, !old.isEmpty {
            check.note(
                .duplicateID, "a second relation \(old); it is now called \(id)", line: tag.line,
                fix: "give it an id of its own", isRepaired: check.isRepairing)
        }
        return id
    }

    /// The ids of removed entities, and of those that they repeat.
    private static func twins(of removed: [Entity], among entities: [Entity]) -> [String: String] {
        guard !removed.isEmpty else { return [:] }
        struct Mention: Hashable {
            let type: String
            let spans: [TextSpan]
            let scope: String?

            init(_ entity: Entity) {
                type = entity.type
                spans = entity.spans
                scope = entity.attributes[I2B2Keys.parent]
            }
        }
        let kept = Dictionary(entities.map { (Mention($0), $0.id) }) { first, _ in first }
        var twins: [String: String] = [:]
        for entity in removed { twins[entity.id] = kept[Mention(entity)] }
        return twins
    }
}
