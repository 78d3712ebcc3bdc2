/// One thing that two annotations of a note do not agree on; it holds offsets and types, never text.
public struct Disagreement: Codable, Hashable, Sendable {
    /// How the two differ.
    public enum Kind: String, Codable, CaseIterable, Hashable, Sendable {
        /// The second annotation has nothing there.
        case onlyInFirst
        /// The first annotation has nothing there.
        case onlyInSecond
        /// Overlapping mentions of the same type.
        case boundaryDiffers
        /// The same spans with another type.
        case typeDiffers
        /// Overlapping mentions of another type.
        case boundaryAndTypeDiffer
    }

    /// A mention that is part of a disagreement.
    public struct Mention: Codable, Hashable, Sendable {
        /// Its id in its document.
        public var id: String
        /// Its type.
        public var type: String
        /// Its spans in code points, half open; in JSON pairs of numbers.
        public var spans: [Range<Int>]

        /// Makes a mention.
        public init(id: String, type: String, spans: [Range<Int>]) {
            self.id = id
            self.type = type
            self.spans = spans
        }
    }

    /// The document's id.
    public var document: String
    /// How the two differ.
    public var kind: Kind
    /// The first annotation's mention.
    public var first: Mention?
    /// The second annotation's mention.
    public var second: Mention?

    /// Makes a disagreement.
    public init(document: String, kind: Kind, first: Mention?, second: Mention?) {
        self.document = document
        self.kind = kind
        self.first = first
        self.second = second
    }
}
