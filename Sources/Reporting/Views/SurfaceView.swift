import ErrorAnalysis

/// A wording that costs much.
struct SurfaceView {
    let surface: String
    let types: String
    let gold: String
    let notFound: String
    let predicted: String
    let wrong: String

    init(_ surface: ErrorAnalysisResult.CostlySurface) {
        self.surface = surface.surface
        types = surface.types.joined(separator: ", ")
        gold = Figures.count(surface.counts.gold)
        notFound = Figures.count(surface.counts.falseNegatives)
        predicted = Figures.count(surface.counts.predicted)
        wrong = Figures.count(surface.counts.falsePositives)
    }
}
