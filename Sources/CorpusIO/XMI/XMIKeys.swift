/// What documents, entities and relations remember of the XMI they came from.
enum XMIKeys {
    /// Of a document: the namespaces of the root element, prefix to name, as JSON.
    static let namespaces = "xmi.namespaces"
    /// Of a document: the attributes of its sofa but for the text, as JSON.
    static let sofa = "xmi.sofa"
    /// Of a document: the attributes of its view, as JSON.
    static let view = "xmi.view"
    /// Of an entity or relation: its element's name, `prefix:Name`.
    static let element = "xmi.element"
    /// Of an entity or relation: the feature that its type was read from.
    static let feature = "xmi.feature"
    /// Of a relation, before `begin` and `end`: where its element lies.
    static let place = "xmi.place."
    /// Of an entity or relation: the elements within its element, as a JSON array of names and texts.
    static let children = "xmi.children"

    /// The element that is written for an entity of another format: INCEpTION's own layer for spans.
    static let span = "custom:Span"
    /// The element that is written for a relation of another format: INCEpTION's own layer for relations.
    static let relation = "custom:Relation"
    /// The prefix of both.
    static let customPrefix = "custom"

    /// The namespaces of a file, after those it declares the ones that it uses or must have without declaring them.
    static func completed(
        _ declared: [(name: String, value: String)], usesCustom: Bool
    ) -> [(name: String, value: String)] {
        let needed = [
            ("xmi", "http://www.omg.org/XMI"), ("cas", "http:///uima/cas.ecore"),
            (customPrefix, "http:///webanno/custom.ecore"),
        ]
        let own = declared.filter { XMLText.isName($0.name) }
        return own
            + needed.filter { prefix, _ in
                (prefix != customPrefix || usesCustom) && !own.contains { $0.name == prefix }
            }
    }

    /// Pairs as a JSON object.
    static func encoded(_ pairs: [(name: String, value: String)]) -> String {
        JSONValue.object(JSONObject(pairs.map { .init(name: $0.name, value: .string($0.value)) })).text
    }

    /// The pairs of a JSON object of strings.
    static func decoded(_ json: String?) -> [(name: String, value: String)] {
        let members = json.flatMap(JSONParser.value)?.object?.members ?? []
        return members.compactMap { member in member.value.string.map { (member.name, $0) } }
    }
}
