import ClinicalText

/// Scores mentions and relations as n2c2 2018, track 2, did: strict and lenient, each type, micro and macro.
///
/// A mention is compared by its hull, since the script keeps only its first start and last end. One prediction counts
/// for each gold mention: of several that find the same one, only the first is kept, and the others are neither right
/// nor wrong. A prediction that finds two gold mentions of which one is taken is not kept either; the other then
/// counts as taken, although it was missed. All of that is the script's.
struct DrugEventScorer {
    /// Which types are scored.
    enum Variant: String, CaseIterable {
        /// All types as they are written, as the public copy of the script does.
        case allTypes = "all-types"
        /// The task's nine types, in whatever case they are written.
        case nineTypes = "nine-types"
    }

    private static let nineTypes: Set<String> = [
        "drug", "strength", "form", "dosage", "frequency", "route", "duration", "reason", "ade",
    ]

    let variant: Variant

    /// Adds the measures in the order in which the script prints them.
    func score(_ documents: [DocumentPair], into result: inout OfficialResult) {
        var lost = 0
        let sides = documents.map { pair in
            (gold: side(pair.gold, &lost), predicted: side(pair.predicted, &lost))
        }
        add(sides.map { ($0.gold.mentions, $0.predicted.mentions) }, what: "Concepts", into: &result)
        add(sides.map { ($0.gold.relations, $0.predicted.relations) }, what: "Relations", into: &result)
        result.note(
            lost, "relations do not link two scored mentions and were left out")
        let ignored = documents.flatMap { [$0.gold, $0.predicted] }.flatMap(\.entities)
            .count { name(of: $0) == nil }
        result.note(ignored, "mentions are of none of the nine types")
    }

    private func add<Item: ScoredItem>(
        _ sides: [(gold: [Item], predicted: [Item])], what: String, into result: inout OfficialResult
    ) {
        let types = Set(sides.flatMap { $0.gold.map(\.type) }).sorted { ($0.count, $0) < ($1.count, $1) }
        for mode in LenientPairing.Mode.allCases {
            let rule = Item.rule(mode)
            let byType = countsByType(sides, mode: mode)
            for type in types {
                let counts = byType[type] ?? DocumentCounts()
                result.measures.append(counts.micro("\(what) \(type) \(mode.rawValue)", rule: rule))
            }
            var all = DocumentCounts()
            for side in sides { all.add(LenientPairing.counts(side.gold, side.predicted, mode: mode)) }
            let name = "\(what) \(mode.rawValue)"
            result.measures.append(all.micro(name, rule: rule))
            result.measures.append(all.macro(name, rule: rule, f1: .mean))
        }
    }

    /// The counts of each type, in the documents that have it.
    private func countsByType<Item: ScoredItem>(
        _ sides: [(gold: [Item], predicted: [Item])], mode: LenientPairing.Mode
    ) -> [String: DocumentCounts] {
        var counts: [String: DocumentCounts] = [:]
        for side in sides {
            let gold = Dictionary(grouping: side.gold, by: \.type)
            let predicted = Dictionary(grouping: side.predicted, by: \.type)
            for type in Set(gold.keys).union(predicted.keys) {
                counts[type, default: DocumentCounts()].add(
                    LenientPairing.counts(gold[type] ?? [], predicted[type] ?? [], mode: mode))
            }
        }
        return counts
    }

    /// The type a mention is compared by; nothing if it is not scored.
    private func name(of entity: Entity) -> String? {
        switch variant {
        case .allTypes: return entity.type
        case .nineTypes:
            let name = entity.type.lowercased()
            return Self.nineTypes.contains(name) ? name : nil
        }
    }

    private func side(_ document: Document, _ lost: inout Int) -> (mentions: [ScoredMention], relations: [ScoredLink]) {
        var mentions: [ScoredMention] = []
        var byID: [String: ScoredMention] = [:]
        for entity in document.entities {
            guard let type = name(of: entity) else { continue }
            let mention = ScoredMention(type: type, span: entity.hull)
            mentions.append(mention)
            byID[entity.id] = mention
        }
        let links = document.relations.compactMap { relation -> ScoredLink? in
            guard relation.arguments.count == 2, let first = byID[relation.arguments[0].entityID],
                let second = byID[relation.arguments[1].entityID]
            else { return nil }
            return ScoredLink(
                type: variant == .allTypes ? relation.type : relation.type.lowercased(), first: first, second: second)
        }
        lost += document.relations.count - links.count
        return (mentions, links)
    }
}
