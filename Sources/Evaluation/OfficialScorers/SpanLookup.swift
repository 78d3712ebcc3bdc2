import ClinicalText

/// Finds the spans of a list that overlap one or equal it.
struct SpanLookup {
    private let byStart: [(span: TextSpan, place: Int)]
    /// The furthest end among the spans up to each place of `byStart`.
    private let furthestEnd: [Int]
    private let places: [TextSpan: [Int]]

    init(_ spans: [TextSpan]) {
        byStart = spans.enumerated().map { ($1, $0) }.sorted { ($0.span, $0.place) < ($1.span, $1.place) }
        var furthest = Int.min
        furthestEnd = byStart.map { item in
            furthest = max(furthest, item.span.end)
            return furthest
        }
        places = Dictionary(grouping: spans.indices) { spans[$0] }
    }

    /// The places of the spans that equal `span`, in order.
    func equal(to span: TextSpan) -> [Int] { places[span] ?? [] }

    /// The places of the spans that share a character with `span`, in no particular order.
    func overlapping(_ span: TextSpan) -> [Int] {
        var (low, high) = (0, byStart.count)
        while low < high {
            let middle = (low + high) / 2
            if byStart[middle].span.start < span.end { low = middle + 1 } else { high = middle }
        }
        var found: [Int] = []
        while low > 0, furthestEnd[low - 1] > span.start {
            low -= 1
            if byStart[low].span.overlaps(span) { found.append(byStart[low].place) }
        }
        return found
    }
}
