/// What documents, entities and labels remember of Label Studio's JSON.
enum LabelStudioKeys {
    static let prefix = "label-studio."
    /// Of a document: its task, without the text and the results that were read, as JSON.
    static let task = "label-studio.task"
    /// Of a document: its record of JSON-MIN, without the text and with empty arrays for what was read, as JSON.
    static let minimal = "label-studio.minimal"
    /// Of a document: which annotation was read, `annotations 0` or `predictions 0`.
    static let annotation = "label-studio.annotation"
    /// Of a document: the member of `data` that holds its text, where that is not `text`.
    static let text = "label-studio.text"
    /// Of a document: `code-points`, where its offsets count these.
    static let offsets = "label-studio.offsets"
    /// Of an entity: the id of the region whose second or later label it is.
    static let region = "label-studio.region"
    /// Of an entity or a label, before an attribute's or a member's name: the result it was read from, without its value.
    static let result = "label-studio.result."
    /// Of an entity, before a member's name: a member of its region's `value`.
    static let value = "label-studio.value."
    /// Of an entity or relation, before a member's name: a member of its result.
    static let member = "label-studio.member."

    /// What is written where nothing else is remembered.
    static let regionDefaults = ["from_name": "label", "to_name": "text"]
    /// What is written where nothing else is remembered.
    static let relationDefaults = ["direction": "right"]

    /// Keeps members of an object, each as JSON; of those that have a default only what differs, null if they are
    /// missing.
    static func keep(
        _ object: JSONObject, except read: Set<String>, defaults: [String: String] = [:], prefix: String,
        in properties: inout [String: String]
    ) {
        for member in object.members where !read.contains(member.name) {
            if let text = defaults[member.name], member.value == .string(text) { continue }
            properties[prefix + member.name] = member.value.text
        }
        for name in defaults.keys where object[name] == nil { properties[prefix + name] = JSONValue.null.text }
    }

    /// An object with the members that were kept under a prefix; of those that have a default, null stands for none.
    static func restored(
        _ object: JSONObject, _ properties: [String: String], defaults: [String: String] = [:], prefix: String
    ) -> JSONObject {
        var object = object
        for (name, text) in defaults.sorted(by: { $0.key < $1.key }) { object[name] = .string(text) }
        for member in kept(properties, prefix: prefix) {
            object[member.name] = defaults[member.name] != nil && member.value == .null ? nil : member.value
        }
        return object
    }

    /// The result of a choice about the whole note, without the choice.
    static func labelResult(_ name: String) -> JSONObject {
        JSONObject([
            .init(name: "from_name", value: .string(name)), .init(name: "to_name", value: .string("text")),
            .init(name: "type", value: .string("choices")), .init(name: "value", value: .object(JSONObject())),
        ])
    }

    /// The result of a choice about a region whose place and text `value` holds, without the choice.
    static func attributeResult(_ name: String, id: String, value: JSONObject) -> JSONObject {
        var result = labelResult(name)
        result["id"] = .string(id)
        result["value"] = .object(value)
        return result
    }

    /// The members that were kept under a prefix, in the order of their names.
    private static func kept(_ properties: [String: String], prefix: String) -> [JSONObject.Member] {
        properties.sorted { $0.key < $1.key }.compactMap { key, text in
            guard key.hasPrefix(prefix) else { return nil }
            return JSONParser.value(of: text).map { .init(name: String(key.dropFirst(prefix.count)), value: $0) }
        }
    }
}
