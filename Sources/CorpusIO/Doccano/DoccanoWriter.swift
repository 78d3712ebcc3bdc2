import ClinicalText

/// Writes records of doccano, in the schema they were read in, else with `label`, or with `entities` where there are
/// relations.
///
/// The format holds no gaps, codes and provenance; `label` holds neither ids nor attributes.
struct DoccanoWriter {
    private let document: Document
    private let offsets: TextOffsets
    private let context: WriteContext
    private let schema: DoccanoFormat.Schema
    private let ids: Set<String>

    /// The record of a document on one line, without a line end.
    static func line(of document: Document, context: WriteContext) -> String {
        DoccanoWriter(document, context: context).line()
    }

    private init(_ document: Document, context: WriteContext) {
        self.document = document
        self.context = context
        offsets = TextOffsets(document.text)
        ids = Set(document.entities.map(\.id))
        let kept = document.metadata[DoccanoFormat.schemaKey].flatMap(DoccanoFormat.Schema.init) ?? .label
        if kept == .unannotated, document.entities.isEmpty, document.labels.allSatisfy({ $0.name == "cats" }) {
            schema = .unannotated
            return
        }
        let needsIDs = !document.relations.isEmpty || !KeptLines.of(document, .doccano).isEmpty
        let hasLabels = document.labels.contains { $0.name == "cats" }
        schema =
            needsIDs
            ? .entities : hasLabels && kept != .entities ? .triples : kept == .unannotated ? .label : kept
    }

    private func line() -> String {
        context.loseProvenance(of: document)
        context.loseGaps(of: document)
        context.lose(.code, count: document.entities.reduce(0) { $0 + $1.codes.count })
        let kept = KeptLines.of(document, .doccano)
        context.lose(.line, count: document.uninterpreted.count - kept.count)
        var json = JSONText()
        let text = document.metadata[DoccanoFormat.textKey] ?? "text"
        json.object { object in
            object.member("id") { $0.id(document.id) }
            object.member(text, document.text)
            let written = addEntities(to: &object)
            if schema == .entities || !document.relations.isEmpty || !kept.isEmpty { addRelations(kept, to: &object) }
            object.members(
                DoccanoFormat.extras.members(
                    of: document.metadata, except: written.union(["id", text, "text", "relations", "cats", "schema"])))
        }
        return json.text
    }

    /// - Returns: the names of the members.
    private func addEntities(to object: inout JSONText) -> Set<String> {
        switch schema {
        case .label, .labels:
            let own = document.labels.filter { $0.name == schema.rawValue }
            object.member(schema.rawValue) { json in
                json.array { array in
                    for entity in document.entities { triple(entity, to: &array) }
                    for label in own { array.value(label.value) }
                }
            }
            lose(document.labels.filter { $0.name != schema.rawValue })
            return [schema.rawValue]
        case .triples, .entities:
            object.member("entities") { json in
                json.array { array in
                    for entity in document.entities {
                        if schema == .triples { triple(entity, to: &array) } else { write(entity, to: &array) }
                    }
                }
            }
            let own = document.labels.filter { $0.name == "cats" }
            lose(document.labels.filter { $0.name != "cats" })
            object.member("cats", ifAny: own.map(\.value))
            return ["entities", "cats"]
        case .unannotated:
            object.member("cats", ifAny: document.labels.map(\.value))
            return ["cats"]
        }
    }

    private func lose(_ labels: [DocumentLabel]) { context.lose(.label, count: labels.count) }

    private func triple(_ entity: Entity, to json: inout JSONText) {
        context.lose(.attribute, count: LayoutKeys.ofMention(entity.attributes).count)
        let range = offsets.codePoints(of: entity.hull)
        json.array { array in
            array.value(range.lowerBound)
            array.value(range.upperBound)
            array.value(entity.type)
        }
    }

    private func write(_ entity: Entity, to json: inout JSONText) {
        let range = offsets.codePoints(of: entity.hull)
        json.object { object in
            object.member("id") { $0.id(entity.id) }
            object.member("label", entity.type)
            object.member("start_offset") { $0.value(range.lowerBound) }
            object.member("end_offset") { $0.value(range.upperBound) }
            object.members(
                DoccanoFormat.extras.members(
                    of: entity.attributes, except: ["id", "label", "start_offset", "end_offset"]))
        }
    }

    private func addRelations(_ kept: [String], to object: inout JSONText) {
        object.member("relations") { json in
            json.array { array in
                for relation in document.relations { write(relation, to: &array) }
                for text in kept { array.raw(text) }
            }
        }
    }

    private func write(_ relation: Relation, to json: inout JSONText) {
        guard relation.arguments.count == 2, relation.arguments.allSatisfy({ ids.contains($0.entityID) }) else {
            return context.lose(.relation)
        }
        json.object { object in
            object.member("id") { $0.id(relation.id) }
            object.member("from_id") { $0.id(relation.arguments[0].entityID) }
            object.member("to_id") { $0.id(relation.arguments[1].entityID) }
            object.member("type", relation.type)
            object.members(
                DoccanoFormat.extras.members(
                    of: relation.attributes, except: ["id", "from_id", "to_id", "type"]))
        }
    }
}
