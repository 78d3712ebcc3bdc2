import ErrorAnalysis

/// The scores of the mentions divided by one property.
struct BucketView {
    let facet: String
    let facetTitle: String
    let facetShortTitle: String
    let facetExplanation: String
    let table: ScoreTable

    init(_ table: BucketTable) {
        facet = table.facet.rawValue
        facetTitle = Wording.title(table.facet)
        facetShortTitle = table.facet == .training ? "Seen and unseen" : Wording.title(table.facet)
        facetExplanation = Wording.explanation(table.facet)
        self.table = ScoreTable(
            caption: "\(Wording.title(table.facet)), strict scores.",
            rowHeader: table.facet == .section ? "Section" : "Mentions",
            rows: table.buckets.map {
                ScoreTable.Row(name: Wording.name($0.name, in: table.facet), counts: $0.counts)
            })
    }
}
