import ClinicalText

/// Scores BioCreative V CDR as its evaluation does: mentions, concepts of each document, and relations of concepts.
///
/// The task asked for diseases alone; chemicals are scored by the same rules when the gold has them. All of it counts
/// as sets: a mention, a concept of a document, a relation of it, each once.
struct ChemicalDiseaseScorer {
    private static let mention = "same type, start and end"
    private static let concept =
        "same concept of the same type in a document; a composite mention has several, and -1 is none"
    private static let relation = "same pair of concepts in a document"

    private struct Key: Hashable {
        let parts: [String]
        let span: TextSpan?
    }

    /// Adds the measures.
    func score(_ documents: [DocumentPair], into result: inout OfficialResult) {
        for type in ["Disease", "Chemical"] where type == "Disease" || has(type, documents) {
            add("mention \(type)", Self.mention, documents, into: &result) { mentions($0, type) }
            add("id \(type)", Self.concept, documents, into: &result) { concepts($0, type) }
        }
        if documents.contains(where: { !relations($0.gold).isEmpty || !relations($0.predicted).isEmpty }) {
            add("relation CID", Self.relation, documents, into: &result) { relations($0) }
        }
    }

    private func add(
        _ name: String, _ rule: String, _ documents: [DocumentPair], into result: inout OfficialResult,
        keys: (Document) -> Set<Key>
    ) {
        var counts = DocumentCounts()
        for pair in documents { counts.add(gold: keys(pair.gold), predicted: keys(pair.predicted)) }
        result.measures.append(counts.micro(name, rule: rule))
    }

    private func has(_ type: String, _ documents: [DocumentPair]) -> Bool {
        documents.contains { $0.gold.entities.contains { $0.type == type } }
    }

    /// Whole mentions only: BioC files repeat the parts of a composite mention, which the task does not count.
    private func isScored(_ entity: Entity, _ type: String) -> Bool {
        entity.type == type && entity.attributes["CompositeRole"] != "IndividualMention"
    }

    private func mentions(_ document: Document, _ type: String) -> Set<Key> {
        Set(document.entities.filter { isScored($0, type) }.map { Key(parts: [type], span: $0.hull) })
    }

    private func concepts(_ document: Document, _ type: String) -> Set<Key> {
        Set(
            document.entities.filter { isScored($0, type) }.flatMap { entity in
                entity.codes.flatMap(Self.concepts).map { Key(parts: [type, $0], span: nil) }
            })
    }

    /// The chemical and the disease of each relation: named in its attributes, as PubTator and BioC files have it, or
    /// those of the mentions it links.
    private func relations(_ document: Document) -> Set<Key> {
        let codes = Dictionary(document.entities.map { ($0.id, $0.codes) }, uniquingKeysWith: { first, _ in first })
        var keys: Set<Key> = []
        for relation in document.relations where relation.type == "CID" {
            let named = [["Arg1", "Arg2"], ["Chemical", "Disease"]]
                .map { $0.compactMap { relation.attributes[$0] } }.first { $0.count == 2 }
            let ends = named.map { $0.map { [$0] } } ?? relation.arguments.map { codes[$0.entityID] ?? [] }
            guard ends.count == 2 else { continue }
            for first in ends[0].flatMap(Self.concepts) {
                for second in ends[1].flatMap(Self.concepts) {
                    keys.insert(Key(parts: ["CID", first, second], span: nil))
                }
            }
        }
        return keys
    }

    /// The concepts of a code; `MESH:` is what a code without a source means.
    static func concepts(_ code: String) -> [String] {
        code.utf8.split(whereSeparator: { $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "+") })
            .map { part in
                let concept = String(decoding: part, as: UTF8.self)
                return concept.hasPrefix("MESH:") ? String(concept.dropFirst(5)) : concept
            }
            .filter { $0 != "-1" }
    }
}
