import ClinicalText

/// Members of JSON objects that a document has no field for, kept among its metadata or attributes.
///
/// A string is kept under its own name. Every other value is kept as JSON under the format's prefix, so that it is
/// written as it was; numbers and booleans stand under their own name as well, where people look for them.
struct JSONExtras {
    /// The format's prefix, such as `doccano.`.
    let prefix: String

    /// Takes over the members of `object` but for those that are read; of several with one name the first, as it is read
    /// elsewhere.
    func keep(_ object: JSONObject, except read: Set<String>, in properties: inout [String: String]) {
        var taken = read
        for member in object.members where taken.insert(member.name).inserted {
            let isPlain = isPlain(member.name) && properties[member.name] == nil
            if case .string(let text) = member.value, isPlain {
                properties[member.name] = text
                continue
            }
            properties[prefix + member.name] = member.value.text
            if let text = member.value.scalar, isPlain { properties[member.name] = text }
        }
    }

    /// The members that properties stand for, in the order of their names; one that was changed under its own name is a
    /// string.
    func members(of properties: [String: String], except written: Set<String> = []) -> [JSONObject.Member] {
        var members: [JSONObject.Member] = []
        for (key, text) in properties.sorted(by: { $0.key < $1.key }) {
            if key.hasPrefix(prefix) {
                let name = String(key.dropFirst(prefix.count))
                guard !written.contains(name), let value = JSONParser.value(of: text) else { continue }
                let isChanged =
                    isPlain(name) && value.scalar != nil && properties[name].map { $0 != value.scalar } ?? false
                if !isChanged { members.append(.init(name: name, value: value)) }
            } else if isPlain(key), !written.contains(key) {
                let kept = properties[prefix + key].flatMap(JSONParser.value)?.scalar
                if kept != text { members.append(.init(name: key, value: .string(text))) }
            }
        }
        return members
    }

    /// Whether a name can stand among properties as it is: it is not one that has a meaning of its own there.
    private func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name != "file" && name != "line" && !LayoutKeys.isOfFormat(name)
    }
}
