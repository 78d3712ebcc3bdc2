/// One error with the text around it. Holds text of the note.
public struct ErrorExample: Codable, Hashable, Sendable {
    /// One side of the comparison.
    public struct Mention: Codable, Hashable, Sendable {
        /// The entity type.
        public var type: String
        /// Half-open ranges of code points in the document, each as start and end.
        public var spans: [[Int]]
        /// How sure the tagger was; nothing for gold.
        public var confidence: Double?

        /// Makes a mention.
        public init(type: String, spans: [[Int]], confidence: Double? = nil) {
            self.type = type
            self.spans = spans
            self.confidence = confidence
        }
    }

    /// The document's identifier.
    public var document: String
    /// The section's normalized name; empty before the first header.
    public var section: String
    /// What went wrong.
    public var outcome: Outcome
    /// How the spans differ, when they do.
    public var boundary: BoundaryError?
    /// The gold mention; nothing when spurious.
    public var gold: Mention?
    /// The prediction; nothing when missed.
    public var predicted: Mention?
    /// The sentence around, or as much of a long one as is good to read.
    public var context: String
    /// Where the context begins in the document, in code points.
    public var contextStart: Int
    /// Whether the sentence begins before the context.
    public var isCutBefore: Bool
    /// Whether the sentence goes on after the context.
    public var isCutAfter: Bool

    /// Makes an example.
    public init(
        document: String, section: String, outcome: Outcome, boundary: BoundaryError?, gold: Mention?,
        predicted: Mention?, context: String, contextStart: Int, isCutBefore: Bool = false, isCutAfter: Bool = false
    ) {
        self.document = document
        self.section = section
        self.outcome = outcome
        self.boundary = boundary
        self.gold = gold
        self.predicted = predicted
        self.context = context
        self.contextStart = contextStart
        self.isCutBefore = isCutBefore
        self.isCutAfter = isCutAfter
    }
}
