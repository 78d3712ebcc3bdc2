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
    }

    var id: String
    var text: String
    var metadata: [String: JSONScalar]?
    var entities: [Mention]?
    var relations: [Link]?
    var uninterpreted: [String]?
}
