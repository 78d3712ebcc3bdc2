/// One line of JSON Lines as it is decoded, before offsets are looked at.
struct JSONLinesRecord: Decodable {
    /// An entity as it is decoded.
    struct Mention: Decodable {
        var id: String?
        var type: String
        var spans: [[Int]]
        var text: String?
        var attributes: [String: JSONScalar]?
        var codes: [String]?
        var provenance: String?
        var probability: Double?
        var evidence: [String]?
    }

    /// A relation as it is decoded.
    struct Link: Decodable {
        /// One end of it.
        struct Argument: Decodable {
            var role: String
            var entity: String
        }

        var id: String
        var type: String
        var arguments: [Argument]
        var attributes: [String: JSONScalar]?
    }

    /// A document label as it is decoded.
    struct Label: Decodable {
        var name: String
        var value: String?
        var attributes: [String: JSONScalar]?
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id
        case text
        case metadata
        case entities
        case relations
        case labels
        case uninterpreted
    }

    /// A member's name, whatever it is.
    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }

        init?(intValue: Int) { nil }
    }

    let id: String
    let text: String
    let metadata: [String: JSONScalar]?
    let entities: [Mention]?
    let relations: [Link]?
    let labels: [Label]?
    let uninterpreted: [String]?
    /// Members that are none of these, in the order of their names.
    let unknownKeys: [String]

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        text = try values.decode(String.self, forKey: .text)
        metadata = try values.decodeIfPresent([String: JSONScalar].self, forKey: .metadata)
        entities = try values.decodeIfPresent([Mention].self, forKey: .entities)
        relations = try values.decodeIfPresent([Link].self, forKey: .relations)
        labels = try values.decodeIfPresent([Label].self, forKey: .labels)
        uninterpreted = try values.decodeIfPresent([String].self, forKey: .uninterpreted)
        unknownKeys = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
            .filter { CodingKeys(rawValue: $0) == nil }.sorted()
    }

    /// The members a document may have.
    static var keys: [String] { CodingKeys.allCases.map(\.rawValue) }
}
