import ClinicalText

/// Writes records of Prodigy, with the hashes, tokens and other members they were read with.
///
/// The format holds no gaps, codes and provenance. A document that was never in Prodigy gets neither hashes nor tokens,
/// which Prodigy adds itself.
struct ProdigyWriter {
    private let document: Document
    private let offsets: TextOffsets
    private let context: WriteContext
    private let entities: [String: Entity]

    /// The record of a document on one line, without a line end.
    static func line(of document: Document, context: WriteContext) -> String {
        ProdigyWriter(document, context: context).line()
    }

    private init(_ document: Document, context: WriteContext) {
        self.document = document
        self.context = context
        offsets = TextOffsets(document.text)
        entities = Dictionary(document.entities.map { ($0.id, $0) }) { first, _ in first }
    }

    private func line() -> String {
        context.loseProvenance(of: document)
        context.loseGaps(of: document)
        context.lose(.code, count: document.entities.reduce(0) { $0 + $1.codes.count })
        let kept = KeptLines.of(document, .prodigy)
        context.lose(.line, count: document.uninterpreted.count - kept.count)
        var json = JSONText()
        json.object { object in
            object.member("id") { $0.id(document.id) }
            object.member("text", document.text)
            let members = ProdigyFormat.kept(in: document.metadata)
            let names = Set(members.map(\.name))
            if !names.contains("spans") { addSpans(to: &object) }
            if !names.contains("relations"), !document.relations.isEmpty || !kept.isEmpty {
                addRelations(kept, to: &object)
            }
            addLabels(to: &object, except: names)
            object.members(members)
            let meta = ProdigyFormat.meta.members(of: document.metadata)
            if !meta.isEmpty { object.member("meta") { $0.object { $0.members(meta) } } }
        }
        return json.text
    }

    private func addSpans(to object: inout JSONText) {
        object.member("spans") { json in
            json.array { array in
                for (index, entity) in document.entities.enumerated() {
                    array.object { object in
                        if entity.id != "E\(index)" { object.member("id") { $0.id(entity.id) } }
                        addPlace(of: entity, to: &object)
                        let kept = ProdigyFormat.kept(in: entity.attributes, except: ["id", "start", "end", "label"])
                        let names = Set(kept.map(\.name))
                        for (name, value) in LayoutKeys.ofMention(entity.attributes).sorted(by: { $0.key < $1.key })
                        where !names.contains(name) && !["id", "start", "end", "label"].contains(name) {
                            object.member(name, value)
                        }
                        object.members(kept)
                    }
                }
            }
        }
    }

    private func addPlace(of entity: Entity, to object: inout JSONText) {
        let range = offsets.codePoints(of: entity.hull)
        object.member("start") { $0.value(range.lowerBound) }
        object.member("end") { $0.value(range.upperBound) }
        object.member("label", entity.type)
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
        let ends = relation.arguments.compactMap { entities[$0.entityID] }
        guard relation.arguments.count == 2, ends.count == 2 else { return context.lose(.relation) }
        context.lose(.attribute, count: LayoutKeys.ofMention(relation.attributes).count)
        json.object { object in
            object.members(
                ProdigyFormat.kept(in: relation.attributes, except: ["label", "head_span", "child_span"]))
            object.member("label", relation.type)
            for (name, entity) in zip(["head_span", "child_span"], ends) {
                object.member(name) { json in
                    json.object { object in
                        addPlace(of: entity, to: &object)
                        let rest = relation.attributes[ProdigyFormat.prefix + name].flatMap(JSONParser.value)
                        object.members(rest?.object?.members ?? [])
                    }
                }
            }
        }
    }

    private func addLabels(to object: inout JSONText, except names: Set<String>) {
        let choices = names.contains("accept") ? [] : document.labels.filter { $0.name == "accept" }
        let label = names.contains("label") ? nil : document.labels.first { $0.name == "label" }
        if let label { object.member("label", label.value) }
        object.member("accept", ifAny: choices.map(\.value))
        context.lose(.label, count: document.labels.count - choices.count - (label == nil ? 0 : 1))
    }
}
