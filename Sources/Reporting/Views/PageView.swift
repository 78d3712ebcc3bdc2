import ErrorAnalysis

/// Everything the page's templates read. Names are unique along the nesting, because a name that a template does not
/// find in a part is looked up in the whole.
struct PageView {
    struct FindingRow {
        let subject: String
        let finding: String
        let anchor: String
    }

    let style: String
    let script: String
    let scriptDigest: String
    let pageTitle: String
    /// At most one.
    let headlines: [HeadlineView]
    let findings: [FindingRow]
    let hasFindings: Bool
    let cautions: [String]
    let outcomes: OutcomesView
    let buckets: [BucketView]
    let confusion: ConfusionView
    let surfaces: [SurfaceView]
    let hasSurfaces: Bool
    let examplesPart: ExamplesView
    let hasExamples: Bool
    let model: ModelView
    let facts: FactsView

    init(_ summary: RunSummary, style: String, script: String, scriptDigest: String) {
        self.style = style
        self.script = script
        self.scriptDigest = scriptDigest
        pageTitle = summary.title
        let main = summary.evaluations.first { $0.name == summary.analyzedSplit } ?? summary.evaluations.first
        headlines = main.map { [HeadlineView(summary, main: $0)] } ?? []
        let look = main.map { FirstLook(errors: summary.errors, evaluation: $0.result) }
        findings = (look?.findings ?? []).map {
            FindingRow(subject: $0.subject, finding: $0.text, anchor: $0.anchor)
        }
        hasFindings = !findings.isEmpty
        cautions = look?.caution.map { [$0] } ?? []
        outcomes = OutcomesView(summary.errors)
        buckets = [BucketTable.Facet.abbreviation, .length, .training, .section]
            .compactMap { summary.errors.table($0).map(BucketView.init) }
        confusion = ConfusionView(summary.errors.confusion)
        surfaces = summary.errors.costlySurfaces.map(SurfaceView.init)
        hasSurfaces = !surfaces.isEmpty
        examplesPart = ExamplesView(summary.errors)
        hasExamples = !examplesPart.groups.isEmpty
        model = ModelView(summary)
        facts = FactsView(summary)
    }
}
