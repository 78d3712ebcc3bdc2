/// The counts of each document under one rule, and the averages that the scorers make of them.
struct DocumentCounts {
    /// How the F1 of averaged documents is made.
    enum MacroF1 {
        /// From mean precision and mean recall, as the i2b2 2014 scripts do.
        case ofMeans
        /// As the mean of the documents' F1, as the n2c2 2018 script does.
        case mean
    }

    private(set) var documents: [Counts] = []

    /// Adds a document by its sets of what is looked for.
    mutating func add<Key: Hashable>(gold: Set<Key>, predicted: Set<Key>) {
        add(Self.counts(gold: gold, predicted: predicted))
    }

    /// Adds a document.
    mutating func add(_ counts: Counts) { documents.append(counts) }

    /// The counts of two sets: what occurs twice counts once.
    static func counts<Key: Hashable>(gold: Set<Key>, predicted: Set<Key>) -> Counts {
        let matched = gold.intersection(predicted).count
        return Counts(
            truePositives: matched, falsePositives: predicted.count - matched, falseNegatives: gold.count - matched)
    }

    /// All documents together.
    func micro(_ name: String, rule: String) -> ScorerMeasure {
        let counts = documents.reduce(Counts(), +)
        return ScorerMeasure(
            name: name, rule: rule, average: .micro, precision: counts.precision, recall: counts.recall,
            f1: Self.harmonicMean(counts.precision, counts.recall), counts: counts)
    }

    /// The mean of all documents; one without mentions counts as 0, as it does in the scripts.
    func macro(_ name: String, rule: String, f1: MacroF1) -> ScorerMeasure {
        let precision = Self.mean(documents.map(\.precision))
        let recall = Self.mean(documents.map(\.recall))
        let isI2B2 = f1 == .ofMeans
        return ScorerMeasure(
            name: name, rule: rule, average: .macro, precision: precision, recall: recall,
            f1: isI2B2
                ? Self.harmonicMean(precision, recall)
                : Self.mean(documents.map { Self.harmonicMean($0.precision, $0.recall) }),
            counts: nil,
            precisionDeviation: isI2B2 ? Self.deviation(documents.map(\.precision)) : nil,
            recallDeviation: isI2B2 ? Self.deviation(documents.map(\.recall)) : nil)
    }

    /// F1 from precision and recall, rounded as the scripts round it: their last digit may differ from that of F1
    /// computed from counts.
    private static func harmonicMean(_ precision: Double, _ recall: Double) -> Double {
        precision + recall == 0 ? 0 : 2 * ((precision * recall) / (precision + recall))
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    /// The standard deviation of the population.
    private static func deviation(_ values: [Double]) -> Double {
        let center = mean(values)
        return mean(values.map { ($0 - center) * ($0 - center) }).squareRoot()
    }
}
