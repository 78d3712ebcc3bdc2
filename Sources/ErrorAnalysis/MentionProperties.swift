import ClinicalText

/// What the buckets divide mentions by.
struct MentionProperties {
    let type: String
    /// In lower case, white space as one blank.
    let surface: String
    let isAbbreviation: Bool
    let tokens: Int
    let trainingBucket: String
    let section: String

    /// The values that ``trainingBucket`` takes.
    static let trainingBuckets = ["seen", "seen with another type", "unseen"]
    /// The values that ``lengthBucket`` takes.
    static let lengthBuckets = ["1", "2", "3", "4–5", "6+"]
    /// The values that ``abbreviationBucket`` takes.
    static let abbreviationBuckets = ["abbreviation", "other"]

    init(
        of entity: Entity, in segmented: SegmentedDocument, training: TrainingSurfaces,
        isAbbreviation: (Substring) -> Bool
    ) {
        let written = segmented.document.surface(of: entity)
        type = entity.type
        surface = TrainingSurfaces.folded(written)
        self.isAbbreviation = isAbbreviation(written[...])
        tokens = entity.spans.map { segmented.segmentation.tokens(overlapping: $0).count }.reduce(0, +)
        let seen = training.types(of: written)
        trainingBucket = Self.trainingBuckets[seen.contains(entity.type) ? 0 : seen.isEmpty ? 2 : 1]
        section = segmented.segmentation.section(at: entity.hull.start)?.name ?? ""
    }

    var abbreviationBucket: String { Self.abbreviationBuckets[isAbbreviation ? 0 : 1] }

    var lengthBucket: String {
        switch tokens {
        case ...1: Self.lengthBuckets[0]
        case 2: Self.lengthBuckets[1]
        case 3: Self.lengthBuckets[2]
        case 4...5: Self.lengthBuckets[3]
        default: Self.lengthBuckets[4]
        }
    }

    func bucket(_ facet: BucketTable.Facet) -> String {
        switch facet {
        case .abbreviation: abbreviationBucket
        case .length: lengthBucket
        case .training: trainingBucket
        case .section: section
        case .type: type
        }
    }
}
