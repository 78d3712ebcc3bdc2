import Evaluation

/// Counts pairs into everything the result shows.
struct ErrorTally {
    let types: [String]
    private(set) var confusion: ConfusionMatrix
    private let typeIndices: [String: Int]
    private var outcomeCounts: [[Int]]
    private var boundaries: [BoundaryError: Int] = [:]
    private var buckets: [BucketTable.Facet: [String: Counts]] = [:]
    private var surfaces: [String: (types: Set<String>, counts: Counts)] = [:]

    init(types: [String]) {
        self.types = types
        confusion = ConfusionMatrix(types: types)
        typeIndices = Dictionary(uniqueKeysWithValues: types.enumerated().map { ($1, $0) })
        outcomeCounts = types.map { _ in [Int](repeating: 0, count: Outcome.allCases.count) }
    }

    mutating func add(_ pair: MentionPair, gold: MentionProperties?, predicted: MentionProperties?) {
        let row = gold.flatMap { typeIndices[$0.type] } ?? types.count
        let column = predicted.flatMap { typeIndices[$0.type] } ?? types.count
        confusion.counts[row][column] += 1
        if let outcome = Outcome.allCases.firstIndex(of: pair.outcome) {
            outcomeCounts[gold == nil ? column : row][outcome] += 1
        }
        if let boundary = pair.boundary { boundaries[boundary, default: 0] += 1 }
        if pair.outcome == .correct {
            count(gold, Counts(truePositives: 1))
        } else {
            count(gold, Counts(falseNegatives: 1))
            count(predicted, Counts(falsePositives: 1))
        }
    }

    private mutating func count(_ mention: MentionProperties?, _ counts: Counts) {
        guard let mention else { return }
        for facet in BucketTable.Facet.allCases {
            buckets[facet, default: [:]][mention.bucket(facet), default: Counts()] += counts
        }
        surfaces[mention.surface, default: ([], Counts())].types.insert(mention.type)
        surfaces[mention.surface, default: ([], Counts())].counts += counts
    }

    var outcomes: [ErrorAnalysisResult.TypeOutcomes] {
        zip(types, outcomeCounts).map { ErrorAnalysisResult.TypeOutcomes(type: $0, counts: $1) }
    }

    var boundaryCounts: [ErrorAnalysisResult.BoundaryCount] {
        BoundaryError.allCases.map { ErrorAnalysisResult.BoundaryCount(kind: $0, count: boundaries[$0] ?? 0) }
    }

    /// Sections come with the most gold first; the other facets in their own order, complete.
    var tables: [BucketTable] {
        BucketTable.Facet.allCases.map { facet in
            let found = buckets[facet] ?? [:]
            let names: [String] =
                switch facet {
                case .abbreviation: MentionProperties.abbreviationBuckets
                case .length: MentionProperties.lengthBuckets
                case .training: MentionProperties.trainingBuckets
                case .type: types
                case .section:
                    found.sorted { ($1.value.gold, $0.key) < ($0.value.gold, $1.key) }.map(\.key)
                }
            return BucketTable(
                facet: facet, buckets: names.map { BucketTable.Bucket(name: $0, counts: found[$0] ?? Counts()) })
        }
    }

    func costlySurfaces(limit: Int) -> [ErrorAnalysisResult.CostlySurface] {
        let costly = surfaces.map {
            ErrorAnalysisResult.CostlySurface(surface: $0, types: $1.types.sorted(), counts: $1.counts)
        }
        return Array(
            costly.filter { $0.cost > 0 }.sorted { ($1.cost, $0.surface) < ($0.cost, $1.surface) }.prefix(limit))
    }
}
