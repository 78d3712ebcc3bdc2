import Evaluation

/// The scores of mentions divided by one property of theirs.
public struct BucketTable: Codable, Hashable, Sendable {
    /// A property that divides mentions.
    public enum Facet: String, Codable, CaseIterable, Hashable, Sendable {
        /// Abbreviations against other mentions.
        case abbreviation
        /// Tokens in the mention.
        case length
        /// Whether training has the surface, with the same type, with another one, or not at all.
        case training
        /// The section of the note.
        case section
        /// The entity type.
        case type
    }

    /// The mentions with one value of the property.
    public struct Bucket: Codable, Hashable, Sendable {
        /// The value, such as `abbreviation`, `4–5`, `unseen`, `family_history`.
        public var name: String
        /// Gold mentions and predictions with that value.
        public var counts: Counts

        /// Makes a bucket.
        public init(name: String, counts: Counts) {
            self.name = name
            self.counts = counts
        }
    }

    /// The property.
    public var facet: Facet
    /// Its values; those without gold and predictions are left out for sections, and kept where there are few.
    public var buckets: [Bucket]

    /// Makes a table.
    public init(facet: Facet, buckets: [Bucket]) {
        self.facet = facet
        self.buckets = buckets
    }
}
