import ClinicalText

/// Writes tasks of Label Studio, in the task they were read from, else in new ones with one annotation.
///
/// Attributes of entities are written as choices about their regions, document labels as choices about the note. The
/// format holds no gaps, codes and provenance.
struct LabelStudioWriter {
    private let document: Document
    private let offsets: LabelStudioOffsets
    private let context: WriteContext
    private let ids: Set<String>

    /// The task of a document on one line.
    static func task(of document: Document, context: WriteContext) -> String {
        LabelStudioWriter(document, context: context).task()
    }

    /// The members of data with what was changed or added in the document's metadata, as strings.
    static func merged(_ data: JSONObject, _ metadata: [String: String]) -> [JSONObject.Member] {
        let own = LayoutKeys.ofNote(metadata)
        var members = data.members.map { member in
            guard let text = own[member.name], let kept = member.value.scalar, kept != text else { return member }
            return JSONObject.Member(name: member.name, value: .string(text))
        }
        let names = Set(members.map(\.name))
        for (name, text) in own.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
            members.append(.init(name: name, value: .string(text)))
        }
        return members
    }

    private init(_ document: Document, context: WriteContext) {
        self.document = document
        self.context = context
        ids = Set(document.entities.map(\.id))
        offsets = LabelStudioOffsets(
            document.text, countCodePoints: document.metadata[LabelStudioKeys.offsets] == "code-points")
    }

    private func task() -> String {
        let isPrediction = document.metadata[LabelStudioKeys.annotation]?.hasPrefix("predictions ") == true
        if !isPrediction { context.loseProvenance(of: document) }
        context.loseGaps(of: document)
        context.lose(.code, count: document.entities.reduce(0) { $0 + $1.codes.count })
        context.lose(
            .attribute, count: document.labels.reduce(0) { $0 + LayoutKeys.ofMention($1.attributes).count })
        if let rest = document.metadata[LabelStudioKeys.minimal].flatMap(JSONParser.value)?.object {
            let regions = self.regions().map { result in
                (control: result["from_name"]?.string ?? "label", value: result["value"] ?? .null)
            }
            return LabelStudioMinimal.record(of: document, regions: regions, rest: rest, context: context)
        }
        var task = document.metadata[LabelStudioKeys.task].flatMap(JSONParser.value)?.object ?? JSONObject()
        if task["id"]?.id != document.id { task["id"] = Self.id(document.id) }
        var data = JSONObject([
            .init(name: document.metadata[LabelStudioKeys.text] ?? "text", value: .string(document.text))
        ])
        for member in Self.merged(task["data"]?.object ?? JSONObject(), document.metadata) {
            data[member.name] = member.value
        }
        task["data"] = .object(data)
        let results = self.results()
        let place = document.metadata[LabelStudioKeys.annotation]?.split(separator: " ") ?? []
        if place.count == 2, let index = Int(place[1]), var list = task[String(place[0])]?.array,
            list.indices.contains(index), var annotation = list[index].object
        {
            annotation["result"] = .array(results)
            list[index] = .object(annotation)
            task[String(place[0])] = .array(list)
        } else if !results.isEmpty || document.metadata[LabelStudioKeys.task] == nil {
            let annotation = JSONObject([.init(name: "result", value: .array(results))])
            task["annotations"] = .array((task["annotations"]?.array ?? []) + [.object(annotation)])
        }
        return JSONValue.object(task).text
    }

    private func results() -> [JSONValue] {
        let kept = KeptLines.of(document, .labelStudio)
        context.lose(.line, count: document.uninterpreted.count - kept.count)
        return regions().map { .object($0) } + choices() + document.relations.compactMap(relation) + labels()
            + kept.compactMap(JSONParser.value)
    }

    /// The regions, each with the labels of all its entities.
    private func regions() -> [JSONObject] {
        var labels: [String: [JSONValue]] = [:]
        for entity in document.entities {
            guard let region = entity.attributes[LabelStudioKeys.region], ids.contains(region) else { continue }
            labels[region, default: []].append(.string(entity.type))
        }
        return document.entities.compactMap { entity in
            if let region = entity.attributes[LabelStudioKeys.region], ids.contains(region) { return nil }
            var value = offsets.place(of: entity, in: document.text)
            value["labels"] = .array([.string(entity.type)] + (labels[entity.id] ?? []))
            value = LabelStudioKeys.restored(value, entity.attributes, prefix: LabelStudioKeys.value)
            let result = JSONObject([
                .init(name: "id", value: .string(entity.id)), .init(name: "type", value: .string("labels")),
                .init(name: "value", value: .object(value)),
            ])
            return LabelStudioKeys.restored(
                result, entity.attributes, defaults: LabelStudioKeys.regionDefaults, prefix: LabelStudioKeys.member)
        }
    }

    /// The attributes of entities, as choices about their regions.
    private func choices() -> [JSONValue] {
        document.entities.flatMap { entity in
            LayoutKeys.ofMention(entity.attributes).sorted { $0.key < $1.key }.map { name, choice in
                var result =
                    entity.attributes[LabelStudioKeys.result + name].flatMap(JSONParser.value)?.object
                    ?? LabelStudioKeys.attributeResult(
                        name, id: entity.id, value: offsets.place(of: entity, in: document.text))
                var value = result["value"]?.object ?? JSONObject()
                value["choices"] = .array([.string(choice)])
                result["value"] = .object(value)
                return .object(result)
            }
        }
    }

    private func relation(_ relation: Relation) -> JSONValue? {
        guard relation.arguments.count == 2, relation.arguments.allSatisfy({ ids.contains($0.entityID) }) else {
            context.lose(.relation)
            return nil
        }
        context.lose(.attribute, count: LayoutKeys.ofMention(relation.attributes).count)
        var result = JSONObject([
            .init(name: "from_id", value: .string(relation.arguments[0].entityID)),
            .init(name: "to_id", value: .string(relation.arguments[1].entityID)),
            .init(name: "type", value: .string("relation")),
        ])
        result = LabelStudioKeys.restored(
            result, relation.attributes, defaults: LabelStudioKeys.relationDefaults, prefix: LabelStudioKeys.member)
        let kept = result["labels"]?.array
        if (kept?.first?.string ?? "relation") != relation.type || kept == nil && relation.type != "relation" {
            result["labels"] = .array([.string(relation.type)])
        }
        return .object(result)
    }

    /// The document's labels; those that were read from one result are written as one.
    private func labels() -> [JSONValue] {
        var results: [(key: [String], choices: [JSONValue])] = []
        for label in document.labels {
            let key = [label.name, label.attributes[LabelStudioKeys.result] ?? ""]
            if results.last?.key == key, !key[1].isEmpty {
                results[results.count - 1].choices.append(.string(label.value))
            } else {
                results.append((key, [.string(label.value)]))
            }
        }
        return results.map { key, choices in
            var result =
                JSONParser.value(of: key[1])?.object ?? LabelStudioKeys.labelResult(key[0])
            var value = result["value"]?.object ?? JSONObject()
            value["choices"] = .array(choices)
            result["value"] = .object(value)
            return .object(result)
        }
    }

    /// An id as Label Studio has it: a number where it is one.
    static func id(_ id: String) -> JSONValue {
        Int(id).map(String.init) == id ? .number(id) : .string(id)
    }
}
