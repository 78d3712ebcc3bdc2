/// A mention in a document: one or more spans with a type.
public struct Entity: Hashable, Sendable {
    /// Unique within the document, as the file had it (`T3`, `E0`, `P12`).
    public var id: String
    /// The entity type, such as `Medication`.
    public var type: String
    /// In the order of the text, not overlapping, at least one; more than one for a discontinuous mention.
    public var spans: [TextSpan]
    /// Further properties the file had (`comment`, `assertion`, a sub-type).
    public var attributes: [String: String]
    /// Concept codes, each as `SOURCE:CODE`.
    public var codes: [String]
    /// Who says so.
    public var provenance: Provenance
    /// For a silver entity, what voted for it: `lexicon/diseases:412`, `regex/dose_with_unit`.
    public var evidence: [String]

    /// Makes an entity of one or more spans.
    public init(
        id: String = "", type: String, spans: [TextSpan], attributes: [String: String] = [:], codes: [String] = [],
        provenance: Provenance = .gold, evidence: [String] = []
    ) {
        precondition(!spans.isEmpty, "an entity has at least one span")
        self.id = id
        self.type = type
        self.spans = spans
        self.attributes = attributes
        self.codes = codes
        self.provenance = provenance
        self.evidence = evidence
    }

    /// From the first span's start to the last span's end.
    public var hull: TextSpan { TextSpan(start: spans[0].start, end: spans[spans.count - 1].end) }

    /// Whether the mention has gaps.
    public var isDiscontinuous: Bool { spans.count > 1 }
}
