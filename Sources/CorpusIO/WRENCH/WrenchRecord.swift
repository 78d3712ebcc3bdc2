/// One document of a WRENCH file, its members taken apart.
struct WrenchRecord {
    /// The id, where our own files give one.
    var id: String?
    var tokens: [String] = []
    var gold = WrenchLabels.spans([])
    /// A list of labels a labeling function, or a list of their tags a token.
    var weak: [WrenchLabels] = []
    /// Members that are not interpreted, as JSON objects of one member.
    var others: [String] = []

    /// Takes a document's members apart.
    ///
    /// - Throws: ``CorpusError``.
    init(_ value: JSONSlices.Value, file: String, maxDepth: Int) throws {
        func decode<Decoded: Decodable>(_ type: Decoded.Type, _ value: JSONSlices.Value, _ name: String) throws
            -> Decoded
        {
            do {
                return try JSONFile.decode(type, from: value.bytes, file: file, line: value.line, maxDepth: maxDepth)
            } catch CorpusError.malformed {
                throw CorpusError.malformed(
                    file: file, line: value.line,
                    problem: "\(name) is not \(Self.words[name] ?? "what it should be")")
            }
        }
        var hasTokens = false
        for (name, value) in try JSONSlices.members(of: value, file: file) {
            switch name {
            case "id": id = try decode(String.self, value, name)
            case "label": gold = try decode(WrenchLabels.self, value, name)
            case "weak_labels": weak = try decode([WrenchLabels].self, value, name)
            case "data":
                for (name, value) in try JSONSlices.members(of: value, file: file) {
                    if name == "text" {
                        tokens = try decode([String].self, value, name)
                        hasTokens = true
                    } else {
                        others.append("{\"data\":{\(Self.member(name, value))}}")
                    }
                }
            default: others.append("{\(Self.member(name, value))}")
            }
        }
        guard hasTokens else {
            throw CorpusError.malformed(
                file: file, line: value.line, problem: "data.text, the array of tokens, is missing")
        }
    }

    /// What the members must be.
    private static let words = [
        "id": "a string", "text": "an array of tokens", "label": "an array of [START, END, TYPE], or of tags",
        "weak_labels":
            "an array of [START, END, TYPE] lists for each labeling function, or of their tags for each token",
    ]

    private static func member(_ name: String, _ value: JSONSlices.Value) -> String {
        var json = JSONText()
        json.value(name)
        return json.text + ":" + String(decoding: value.bytes, as: UTF8.self)
    }
}
