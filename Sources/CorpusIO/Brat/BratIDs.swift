import ClinicalText

/// The ids under which a document's entities and relations stand in a brat file: their own where brat can hold them,
/// else new ones after the highest.
struct BratIDs {
    /// Of the entities, in their order.
    let entities: [String]
    /// Of the relations, in their order; `*` for equivalences.
    let relations: [String]
    /// What the ids that relations refer to are called in the file.
    private let renamed: [String: String]
    private var highest: [Character: Int] = [:]

    init(_ document: Document) {
        var highest: [Character: Int] = [:]
        func note(_ id: String) {
            if let (kind, number) = Self.plainParts(of: id) { highest[kind] = max(highest[kind] ?? 0, number) }
        }
        for entity in document.entities { note(entity.id) }
        for relation in document.relations { note(relation.id) }
        let layout = document.metadata[BratKeys.lines]?.utf8.split(separator: 0x0A).map { String(Substring($0)) } ?? []
        for line in document.uninterpreted + layout {
            if let id = BratLine.id(of: line) { note(id) }
        }
        var taken: Set<String> = []
        func own(_ id: String, _ kind: Character) -> String {
            if Self.isID(id, kind: kind), taken.insert(id).inserted { return id }
            highest[kind, default: 0] += 1
            let new = "\(kind)\(highest[kind] ?? 0)"
            taken.insert(new)
            return new
        }
        var renamed: [String: String] = [:]
        entities = document.entities.map { entity in
            let id = own(entity.id, "T")
            if renamed[entity.id] == nil { renamed[entity.id] = id }
            return id
        }
        relations = document.relations.map { relation in
            let id = Self.isEquivalence(relation) ? "*" : own(relation.id, Self.isEvent(relation) ? "E" : "R")
            if renamed[relation.id] == nil && id != "*" { renamed[relation.id] = id }
            return id
        }
        self.renamed = renamed
        self.highest = highest
    }

    /// What an id that a relation refers to is called in the file.
    func name(of id: String) -> String { renamed[id] ?? id }

    /// A new id of a kind.
    mutating func next(_ kind: Character) -> String {
        highest[kind, default: 0] += 1
        return "\(kind)\(highest[kind] ?? 0)"
    }

    /// Whether a relation is written as an event: its first argument is a trigger.
    static func isEvent(_ relation: Relation) -> Bool { relation.arguments.first?.role == BratLine.trigger }

    /// Whether a relation is written as an equivalence: all its arguments are members.
    static func isEquivalence(_ relation: Relation) -> Bool {
        relation.arguments.count > 1 && relation.arguments.allSatisfy { $0.role == BratLine.member }
    }

    /// Whether brat reads an id: a letter of its kind and a number, after which more may follow, as in `T12.2`.
    static func isID(_ id: some StringProtocol, kind: Character) -> Bool {
        let rest = id.utf8.dropFirst()
        return id.utf8.first == kind.asciiValue && rest.first.map { (0x30...0x39).contains($0) } == true
            && !rest.contains { Surface.isSpace($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") }
    }

    /// The letter and the number of an id such as `T12`; nothing for one with more behind it.
    private static func plainParts(of id: String) -> (kind: Character, number: Int)? {
        guard let kind = id.first, kind.isASCII, id.utf8.count > 1,
            id.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(id.dropFirst()),
            number < Int.max >> 1
        else { return nil }
        return (kind, number)
    }
}
