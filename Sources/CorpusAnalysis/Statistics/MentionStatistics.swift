/// The mentions of one type, in numbers.
public struct MentionStatistics: Sendable, Equatable, Encodable {
    /// How many there are.
    public var mentions = 0
    /// How many documents have one.
    public var documents = 0
    /// Those with gaps.
    public var discontinuous = 0
    /// Those within another mention of any type, or over the same text.
    public var nested = 0
    /// Those that cross another mention.
    public var crossing = 0
    /// Those whose text has the shape of an abbreviation.
    public var abbreviations = 0
    /// How many have so many words; see ``MentionLength``.
    public var lengths: [MentionLength: Int] = [:]
    /// The hashes of their texts in lower case, by which different ones are counted.
    private(set) var surfaces: Set<UInt64> = []

    /// How many different texts they have, upper and lower case and runs of white space aside.
    public var uniqueSurfaces: Int { surfaces.count }

    mutating func addSurface(_ text: String) {
        let words = text.lowercased().split { $0.isWhitespace }
        surfaces.insert(NoteSketch.hash(of: words.joined(separator: " ")))
    }

    mutating func add(_ other: MentionStatistics) {
        mentions += other.mentions
        documents += other.documents
        discontinuous += other.discontinuous
        nested += other.nested
        crossing += other.crossing
        abbreviations += other.abbreviations
        lengths.merge(other.lengths, uniquingKeysWith: +)
        surfaces.formUnion(other.surfaces)
    }

    private enum CodingKeys: String, CodingKey {
        case mentions, documents, discontinuous, nested, crossing, abbreviations, uniqueSurfaces, lengths
    }

    /// Writes the numbers; lengths by their names (`4-5`).
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(mentions, forKey: .mentions)
        try container.encode(documents, forKey: .documents)
        try container.encode(discontinuous, forKey: .discontinuous)
        try container.encode(nested, forKey: .nested)
        try container.encode(crossing, forKey: .crossing)
        try container.encode(abbreviations, forKey: .abbreviations)
        try container.encode(uniqueSurfaces, forKey: .uniqueSurfaces)
        let named = MentionLength.allCases.map { ($0.rawValue, lengths[$0] ?? 0) }
        try container.encode(Dictionary(uniqueKeysWithValues: named), forKey: .lengths)
    }
}
