/// A note: its text exactly as read, and what is known about it.
public struct Document: Sendable {
    /// Unique within the corpus, usually the file's name without its ending.
    public var id: String
    /// The text as read; nothing is trimmed or normalized.
    public var text: String
    /// Properties of the whole note (source file, patient, date).
    public var metadata: [String: String]
    /// The mentions, in the order of the file.
    public var entities: [Entity]
    /// Links between the mentions.
    public var relations: [Relation]
    /// Statements about the whole note, in the order of the file.
    public var labels: [DocumentLabel]
    /// Lines of the source format that clinner does not interpret, kept verbatim for writing the same format.
    public var uninterpreted: [String]

    /// Makes a document.
    public init(
        id: String, text: String, metadata: [String: String] = [:], entities: [Entity] = [],
        relations: [Relation] = [], labels: [DocumentLabel] = [], uninterpreted: [String] = []
    ) {
        self.id = id
        // Native UTF-8 storage makes slicing by offset constant time.
        var text = text
        text.makeContiguousUTF8()
        self.text = text
        self.metadata = metadata
        self.entities = entities
        self.relations = relations
        self.labels = labels
        self.uninterpreted = uninterpreted
    }

    /// The text of `span`.
    public func text(of span: TextSpan) -> Substring { text.slice(span) }

    /// The text of an entity as files write it: its fragments joined by a blank, line breaks kept.
    public func surface(of entity: Entity) -> String {
        entity.spans.map { String(text(of: $0)) }.joined(separator: " ")
    }
}

extension String {
    /// The part of the string at a span of UTF-8 offsets; both ends must lie on code point boundaries.
    public func slice(_ span: TextSpan) -> Substring {
        let start = utf8.index(utf8.startIndex, offsetBy: span.start)
        return self[start..<utf8.index(start, offsetBy: span.count)]
    }
}
