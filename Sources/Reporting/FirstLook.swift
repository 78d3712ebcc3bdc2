import ErrorAnalysis
import Evaluation

/// Says in a few sentences where a reader of the report should look first.
struct FirstLook {
    /// One sentence and the part of the page that shows more.
    struct Finding: Equatable {
        let subject: String
        let text: String
        let anchor: String
    }

    /// Gaps below this are not worth a sentence.
    private static let smallestGap = 0.02

    let findings: [Finding]
    /// A caution about small test sets; nothing when the figures are steady.
    let caution: String?

    init(errors: ErrorAnalysisResult, evaluation: EvaluationResult) {
        caution = Self.caution(evaluation)
        guard Outcome.errors.contains(where: { errors.count(of: $0) > 0 }) else {
            findings = []
            return
        }
        let facets = BucketTable.Facet.allCases.filter { $0 != .type }
        let contrasts = facets.compactMap { facet in errors.table(facet).flatMap(Self.contrast) }
            .sorted { ($1.weight, $0.finding.anchor) < ($0.weight, $1.finding.anchor) }
        var findings = [Self.largestOutcome(errors)]
        if let type = errors.table(.type).flatMap(Self.contrast) { findings.append(type.finding) }
        findings += contrasts.prefix(2).map(\.finding)
        findings += [Self.confusion(errors.confusion), errors.costlySurfaces.first.flatMap(Self.surface)]
            .compactMap { $0 }
        self.findings = Array(findings.prefix(5))
    }

    private static func largestOutcome(_ errors: ErrorAnalysisResult) -> Finding {
        let total = Outcome.errors.map(errors.count).reduce(0, +)
        let largest = Outcome.errors.max { errors.count(of: $0) < errors.count(of: $1) } ?? .missed
        let count = errors.count(of: largest)
        var text =
            "is the largest group: \(Figures.count(count)) of \(Figures.count(total, "error"))"
            + " (\(Figures.percent(Double(count) / Double(total))))."
        let kinds = errors.boundaries.map(\.count).reduce(0, +)
        if largest == .wrongBoundary || largest == .wrongTypeAndBoundary,
            let kind = errors.boundaries.max(by: { $0.count < $1.count })
        {
            text += " Most often the prediction \(Wording.name(kind.kind)) (\(kind.count) of \(kinds))."
        }
        return Finding(subject: Wording.name(largest), text: text, anchor: "errors")
    }

    /// The bucket of a table that does worst, and how surely so.
    ///
    /// A gap counts times the root of the mentions it was seen on, as the standard error of a share shrinks: a wide gap
    /// on few mentions and a narrow one on many compete fairly.
    private static func contrast(_ table: BucketTable) -> (finding: Finding, weight: Double)? {
        let total = table.buckets.map(\.counts).reduce(Counts(), +)
        let smallest = max(5, total.gold / 50)
        let candidates = table.buckets.compactMap {
            bucket -> (bucket: BucketTable.Bucket, rest: Double, weight: Double)? in
            let rest = Counts(
                truePositives: total.truePositives - bucket.counts.truePositives,
                falsePositives: total.falsePositives - bucket.counts.falsePositives,
                falseNegatives: total.falseNegatives - bucket.counts.falseNegatives)
            let gap = rest.f1 - bucket.counts.f1
            guard bucket.counts.gold >= smallest, rest.gold >= smallest, gap >= smallestGap else { return nil }
            return (bucket, rest.f1, gap * Double(bucket.counts.gold).squareRoot())
        }
        guard let worst = candidates.max(by: { $0.weight < $1.weight }) else { return nil }
        let counts = worst.bucket.counts
        let verb = table.facet == .type || table.facet == .section ? "reaches" : "reach"
        let text =
            "\(verb) F1 \(Figures.score(counts.f1)) against \(Figures.score(worst.rest)) for the others; "
            + weakness(counts)
        let finding = Finding(
            subject: Wording.subject(worst.bucket.name, in: table.facet), text: text,
            anchor: table.facet == .type ? "types" : table.facet.rawValue)
        return (finding, worst.weight)
    }

    /// What there is more of: gold mentions that are not found, or predictions that are wrong.
    private static func weakness(_ counts: Counts) -> String {
        func part(_ count: Int, _ whole: Int, _ noun: String) -> String {
            "\(Figures.count(count)) of \(Figures.count(whole, noun)) \(whole == 1 ? "is" : "are")"
        }
        return counts.predicted > 0 && counts.precision < counts.recall
            ? part(counts.falsePositives, counts.predicted, "prediction") + " wrong."
            : part(counts.falseNegatives, counts.gold, "gold mention") + " not found exactly."
    }

    private static func confusion(_ matrix: ConfusionMatrix) -> Finding? {
        let pairs = matrix.types.indices.flatMap { row in
            matrix.types.indices.filter { $0 != row }.map { (row: row, column: $0, count: matrix.counts[row][$0]) }
        }
        guard let worst = pairs.max(by: { $0.count < $1.count }), worst.count >= 3 else { return nil }
        return Finding(
            subject: matrix.types[worst.row],
            text: "is taken for \(matrix.types[worst.column]) \(Figures.count(worst.count)) times, "
                + "more often than any other confusion of types.",
            anchor: "confusion")
    }

    private static func surface(_ surface: ErrorAnalysisResult.CostlySurface) -> Finding? {
        guard surface.cost >= 3 else { return nil }
        let counts = surface.counts
        return Finding(
            subject: "“\(surface.surface)”",
            text: "costs more than any other wording: \(Figures.count(counts.falseNegatives)) of "
                + "\(Figures.count(counts.gold, "gold mention")) not found exactly, "
                + "\(Figures.count(counts.falsePositives, "wrong prediction")).",
            anchor: "surfaces")
    }

    private static func caution(_ evaluation: EvaluationResult) -> String? {
        guard let interval = evaluation.microIntervals?.f1, interval.upper - interval.lower > 0.1 else { return nil }
        return "The set is small: \(Figures.count(evaluation.micro.gold, "gold mention")) in "
            + "\(Figures.count(evaluation.documents, "note")) give an interval "
            + "\(Figures.score(interval.upper - interval.lower)) wide. "
            + "Take differences between small groups as hints."
    }
}
