import ClinicalText

/// Which entity types of a source are kept, and what they are called here.
///
/// A type that is mapped is renamed, one that is listed is kept, any other is left out and counted. Without a list and
/// without a mapping everything is kept.
public struct TypeSelection: Sendable, Codable, Equatable {
    /// The types that are kept under their own name.
    public var types: [String]
    /// Source type to our type.
    public var mapping: [String: String]

    /// Makes a selection.
    public init(types: [String] = [], mapping: [String: String] = [:]) {
        self.types = types
        self.mapping = mapping
    }

    /// Decodes a selection; both keys may be missing.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        types = try values.decodeIfPresent([String].self, forKey: .types) ?? []
        mapping = try values.decodeIfPresent([String: String].self, forKey: .mapping) ?? [:]
    }

    /// The name here of a source's type, or nothing if it is left out.
    public func name(of type: String) -> String? {
        if types.isEmpty && mapping.isEmpty { return type }
        return mapping[type] ?? (types.contains(type) ? type : nil)
    }

    /// The document with the selected entities, and how many of each other type were left out.
    ///
    /// Relations of entities that are left out go with them, and relations of such relations (events of events); all are
    /// counted under their own types.
    public func applied(to document: Document) -> (Document, leftOut: [String: Int]) {
        var selected = document
        var leftOut: [String: Int] = [:]
        var lostIDs: Set<String> = []
        selected.entities = document.entities.compactMap { entity in
            guard let type = name(of: entity.type) else {
                leftOut[entity.type, default: 0] += 1
                lostIDs.insert(entity.id)
                return nil
            }
            var entity = entity
            entity.type = type
            return entity
        }
        if !lostIDs.isEmpty {
            let isLost = Self.areLost(selected.relations, without: lostIDs)
            for (relation, isLost) in zip(selected.relations, isLost) where isLost {
                leftOut[relation.type, default: 0] += 1
            }
            selected.relations = zip(selected.relations, isLost).filter { !$1 }.map(\.0)
        }
        return (selected, leftOut)
    }

    /// For each relation, whether it refers, directly or through others, to what is lost.
    private static func areLost(_ relations: [Relation], without lostIDs: Set<String>) -> [Bool] {
        var users: [String: [Int]] = [:]
        for (index, relation) in relations.enumerated() {
            for argument in relation.arguments { users[argument.entityID, default: []].append(index) }
        }
        var isLost = [Bool](repeating: false, count: relations.count)
        var lost = Array(lostIDs)
        while let id = lost.popLast() {
            for index in users[id] ?? [] where !isLost[index] {
                isLost[index] = true
                lost.append(relations[index].id)
            }
        }
        return isLost
    }
}
