import ClinicalText

/// Writes a note's relations `medication` as entries of i2b2 2009, and medications that no relation has as entries of
/// their own.
///
/// An argument's role is the name of its field, which is the type that is read back; entities that are in no entry have no place in the format and are
/// counted.
struct I2B2MedicationWriter {
    private let document: Document
    private let writer: LineTokenWriter
    private let context: WriteContext
    private var entities: [String: Entity] = [:]
    /// The fields of entities, by their ids: what an entity loses is counted once.
    private var fields: [String: String?] = [:]

    /// The content of the file of entries.
    ///
    /// - Throws: ``CorpusError/nameNotInFormat(document:name:format:rule:)``.
    static func entries(of document: Document, context: WriteContext) throws -> String {
        var writer = I2B2MedicationWriter(document, context: context)
        return try writer.entries()
    }

    private init(_ document: Document, context: WriteContext) {
        self.document = document
        self.context = context
        writer = LineTokenWriter(document, format: .i2b2Medication2009, lowercasing: true, context: context)
        for entity in document.entities where entities[entity.id] == nil { entities[entity.id] = entity }
    }

    private mutating func entries() throws -> String {
        var entries = ""
        var used: Set<String> = []
        for relation in document.relations {
            guard relation.type == I2B2MedicationReader.relation, let entry = try entry(of: relation) else {
                context.lose(.relation)
                continue
            }
            entries += entry
            used.formUnion(relation.arguments.map(\.entityID))
        }
        for entity in document.entities where !used.contains(entity.id) {
            guard entity.type == "m" else {
                context.lose(.entity)
                continue
            }
            let alone = Relation(id: "", type: "", arguments: [.init(role: "m", entityID: entity.id)])
            entries += try entry(of: alone) ?? ""
        }
        writer.countLosses(keeping: { _ in [] }, ofRelations: { Set($0.attributes.keys) })
        return entries
    }

    /// A relation as an entry; nothing if an entity has two roles or a role two entities, or one is not there.
    private mutating func entry(of relation: Relation) throws -> String? {
        var arguments: [String: Entity] = [:]
        for argument in relation.arguments {
            guard let entity = entities[argument.entityID], arguments.updateValue(entity, forKey: argument.role) == nil
            else { return nil }
        }
        let medication = I2B2MedicationReader.fields
        let others = relation.arguments.map(\.role).filter { !medication.contains($0) }
        let values = I2B2MedicationReader.values.filter { !others.contains($0) }
        let unknown = relation.attributes.keys.filter { !(medication + others + values).contains($0) }.sorted()
        var entry: [String] = []
        for name in medication + others + values + unknown {
            if let entity = arguments[name], let field = field(name, entity) {
                entry.append(field)
            } else if let value = relation.attributes[name] {
                let field = try writer.required(name, value)
                let isPlaceless = medication.contains(name) && value != I2B2MedicationReader.notMentioned
                entry.append(isPlaceless ? "\(field) -1:-1 -1:-1" : field)
            } else if medication.contains(name) {
                entry.append("\(name)=\"\(I2B2MedicationReader.notMentioned)\"")
            }
        }
        return entry.joined(separator: "||") + "\n"
    }

    /// An entity's field; its text is counted and made once, its name may differ from entry to entry.
    private mutating func field(_ name: String, _ entity: Entity) -> String? {
        let key = "\(name)\n\(entity.id)"
        if let field = fields[key] { return field }
        let field = name.utf8.allSatisfy(LineTokenParser.isInName) ? writer.field(name, entity, keepsGaps: true) : nil
        if field != nil, entity.type != name { context.lose(.type) }
        fields[key] = .some(field)
        return field
    }
}
