/// A JSON value as it stands in a file: members in their order, numbers as they are written.
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// With the digits of the file, so that it is written back as it was.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// The value as an object.
    var object: JSONObject? { if case .object(let object) = self { object } else { nil } }

    /// The value as an array.
    var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }

    /// The value as a string.
    var string: String? { if case .string(let text) = self { text } else { nil } }

    /// The value as a whole number; one written `5.0` is one.
    var int: Int? {
        guard case .number(let digits) = self else { return nil }
        return Int(digits) ?? Double(digits).flatMap { Int(exactly: $0) }
    }

    /// The value as a number.
    var double: Double? { if case .number(let digits) = self { Double(digits) } else { nil } }

    /// The text of a string, number or boolean.
    var scalar: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let flag): String(flag)
        default: nil
        }
    }

    /// The value on one line.
    var text: String {
        var json = JSONText()
        json.value(self)
        return json.text
    }

    /// What the value is called in messages.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    subscript(name: String) -> JSONValue? { object?[name] }
}

/// The members of a JSON object in their order.
struct JSONObject: Hashable, Sendable {
    /// A name and its value.
    struct Member: Hashable, Sendable {
        let name: String
        var value: JSONValue
    }

    private(set) var members: [Member] = []

    init() {}

    init(_ members: [Member]) { self.members = members }

    /// The value of the last member called so, as most parsers have it; setting nothing removes them all.
    subscript(name: String) -> JSONValue? {
        get { members.last { $0.name == name }?.value }
        set {
            guard let newValue else { return members.removeAll { $0.name == name } }
            if let index = members.lastIndex(where: { $0.name == name }) {
                members[index].value = newValue
            } else {
                members.append(Member(name: name, value: newValue))
            }
        }
    }
}

extension JSONText {
    /// Any value.
    mutating func value(_ value: JSONValue) {
        switch value {
        case .null: raw("null")
        case .bool(let flag): raw(flag ? "true" : "false")
        case .number(let digits): raw(digits)
        case .string(let text): self.value(text)
        case .array(let values): array { array in for value in values { array.value(value) } }
        case .object(let object):
            self.object { json in
                for member in object.members { json.member(member.name) { $0.value(member.value) } }
            }
        }
    }
}
