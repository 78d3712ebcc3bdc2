import ClinicalText

/// Reads and writes the flat records of JSON-MIN: the task's data, and what was annotated under the names of the
/// project's controls.
enum LabelStudioMinimal {
    /// The document of a record.
    ///
    /// - Throws: ``CorpusError``.
    static func document(of record: JSONRecord, context: inout ReadContext) throws -> Document {
        var rest = try record.object()
        let member = try LabelStudioFormat.textMember(
            of: rest, record: record, options: context.options, takesOnlyString: false)
        var document = Document(
            id: try record.id(rest["id"]), text: rest[member]?.string ?? "", metadata: record.place)
        if member != "text" { document.metadata[LabelStudioKeys.text] = member }
        rest[member] = nil
        var regions: [(name: String, values: [JSONValue])] = []
        for member in rest.members {
            if let values = member.value.array, !values.isEmpty, values.allSatisfy({ $0["labels"]?.array != nil }) {
                regions.append((member.name, values))
                rest[member.name] = .array([])
            } else if let choices = member.value["choices"]?.array, choices.allSatisfy({ $0.string != nil }) {
                document.labels += choices.compactMap(\.string).map { DocumentLabel(name: member.name, value: $0) }
                rest[member.name] = .object(JSONObject([.init(name: "choices", value: .array([]))]))
            } else if let text = member.value.scalar, member.name != "id", document.metadata[member.name] == nil,
                !LayoutKeys.isOfFormat(member.name)
            {
                document.metadata[member.name] = text
            }
        }
        document.metadata[LabelStudioKeys.minimal] = JSONValue.object(rest).text
        var reading = LabelStudioResults(
            record, document: document, regions: regions.flatMap(\.values).compactMap(\.object), confidence: nil,
            context: context)
        for (name, values) in regions {
            for (index, value) in values.enumerated() {
                _ = try context.attempt(.entity, document: document.id) { _ in
                    try reading.addRegion(
                        JSONObject([
                            .init(name: "from_name", value: .string(name)),
                            .init(name: "to_name", value: .string("text")),
                        ]), value: value.object ?? JSONObject(), fallback: "\(name)[\(index)]")
                }
            }
        }
        reading.finish(&context)
        return reading.document
    }

    /// The record of a document whose regions are grouped by the control they were made with.
    static func record(
        of document: Document, regions: [(control: String, value: JSONValue)], rest: JSONObject, context: WriteContext
    ) -> String {
        var record = rest
        for control in regions.map(\.control) where record[control]?.array == nil { record[control] = .array([]) }
        var grouped: [String: [JSONValue]] = [:]
        for region in regions { grouped[region.control, default: []].append(region.value) }
        for (control, values) in grouped { record[control] = .array(values) }
        var choices: [String: [JSONValue]] = [:]
        for label in document.labels { choices[label.name, default: []].append(.string(label.value)) }
        for (name, values) in choices.sorted(by: { $0.key < $1.key }) {
            record[name] = .object(JSONObject([.init(name: "choices", value: .array(values))]))
        }
        context.lose(.relation, count: document.relations.count)
        context.lose(
            .attribute, count: document.entities.reduce(0) { $0 + LayoutKeys.ofMention($1.attributes).count })
        context.lose(.line, count: document.uninterpreted.count)
        var json = JSONText()
        json.object { object in
            object.member("id") { $0.id(document.id) }
            object.member(document.metadata[LabelStudioKeys.text] ?? "text", document.text)
            for member in LabelStudioWriter.merged(record, document.metadata) where member.name != "id" {
                object.member(member.name) { $0.value(member.value) }
            }
        }
        return json.text
    }
}
