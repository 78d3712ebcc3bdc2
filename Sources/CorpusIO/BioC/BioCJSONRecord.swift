/// A document of BioC JSON as it is decoded.
struct BioCJSONRecord: Decodable {
    /// An annotation as it is decoded.
    struct Annotation: Decodable {
        /// A location as it is decoded.
        struct Location: Decodable {
            var offset: Int
            var length: Int
        }

        var id: JSONScalar?
        var infons: [String: BioCJSONValue]?
        var text: String?
        var locations: [Location]?
    }

    /// A relation as it is decoded.
    struct Relation: Decodable {
        /// One end of it.
        struct Node: Decodable {
            var refid: JSONScalar?
            var role: JSONScalar?
        }

        var id: JSONScalar?
        var infons: [String: BioCJSONValue]?
        var nodes: [Node]?
    }

    /// A passage or a sentence as it is decoded.
    struct Passage: Decodable {
        var infons: [String: BioCJSONValue]?
        var offset: Int?
        var text: String?
        var sentences: [Passage]?
        var annotations: [Annotation]?
        var relations: [Relation]?
    }

    var id: JSONScalar?
    var infons: [String: BioCJSONValue]?
    var passages: [Passage]?
    var annotations: [Annotation]?
    var relations: [Relation]?

    /// The document, said to begin on `line`.
    func document(line: Int) -> BioCDocument {
        BioCDocument(
            id: id?.text ?? "", infons: Self.infons(infons),
            passages: (passages ?? []).map { Self.passage($0, line: line) },
            annotations: (annotations ?? []).map { Self.annotation($0, line: line) },
            relations: (relations ?? []).map { Self.relation($0, line: line) }, line: line)
    }

    private static func passage(_ passage: Passage, line: Int) -> BioCDocument.Passage {
        BioCDocument.Passage(
            infons: infons(passage.infons), offset: passage.offset, text: passage.text,
            sentences: (passage.sentences ?? []).map { self.passage($0, line: line) },
            annotations: (passage.annotations ?? []).map { annotation($0, line: line) },
            relations: (passage.relations ?? []).map { relation($0, line: line) }, line: line)
    }

    private static func annotation(_ annotation: Annotation, line: Int) -> BioCDocument.Annotation {
        BioCDocument.Annotation(
            id: annotation.id?.text ?? "", infons: infons(annotation.infons),
            locations: (annotation.locations ?? []).map { ($0.offset, $0.length) }, text: annotation.text, line: line)
    }

    private static func relation(_ relation: Relation, line: Int) -> BioCDocument.Relation {
        BioCDocument.Relation(
            id: relation.id?.text ?? "", infons: infons(relation.infons),
            nodes: (relation.nodes ?? []).map { ($0.refid?.text ?? "", $0.role?.text ?? "") }, line: line)
    }

    private static func infons(_ values: [String: BioCJSONValue]?) -> BioCInfons {
        var infons = BioCInfons()
        for (key, value) in values ?? [:] { if let text = value.text { infons.add(key, text) } }
        return infons
    }
}
