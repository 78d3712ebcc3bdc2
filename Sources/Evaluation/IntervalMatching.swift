import ClinicalText

/// Pairs overlapping spans of two sides one to one so that as many as possible find a partner.
///
/// Spans are taken by their end. Each takes, of the free spans of the other side that it overlaps, the one that ends
/// first: that one overlaps the fewest of the spans still to come, so no better choice exists. The work grows with
/// n log n, however many spans overlap.
///
/// Source: the rule is that of F. Glover, "Maximum matching in a convex bipartite graph", Naval Research Logistics
/// Quarterly 14 (1967), applied from both sides.
struct IntervalMatching {
    /// One span of a side, by its place there.
    private struct Item {
        let span: TextSpan
        let place: Int
    }

    /// The spans of a side that start early enough, the one that ends first on top.
    private struct Side {
        let byStart: [Item]
        var next = 0
        var open = EndQueue()
        var isTaken: [Bool]

        init(_ spans: [TextSpan]) {
            byStart = spans.enumerated().filter { !$1.isEmpty }.map { Item(span: $1, place: $0) }
                .sorted { ($0.span, $0.place) < ($1.span, $1.place) }
            isTaken = [Bool](repeating: false, count: spans.count)
        }

        /// Takes the free span that overlaps `span` and ends first; all that ended before it have had their turn.
        mutating func partner(of span: TextSpan) -> Int? {
            while next < byStart.count, byStart[next].span.start < span.end {
                open.insert(end: byStart[next].span.end, place: byStart[next].place)
                next += 1
            }
            while let first = open.first {
                open.removeFirst()
                guard !isTaken[first.place], first.end >= span.end else { continue }
                isTaken[first.place] = true
                return first.place
            }
            return nil
        }
    }

    /// The pairs of places, in no particular order.
    static func pairs(_ first: [TextSpan], _ second: [TextSpan]) -> [(first: Int, second: Int)] {
        var sides = [Side(first), Side(second)]
        var turns: [(span: TextSpan, side: Int, place: Int)] = []
        for side in 0..<2 { turns += sides[side].byStart.map { ($0.span, side, $0.place) } }
        turns.sort { ($0.span.end, $0.span.start, $0.side, $0.place) < ($1.span.end, $1.span.start, $1.side, $1.place) }
        var pairs: [(first: Int, second: Int)] = []
        for turn in turns where !sides[turn.side].isTaken[turn.place] {
            guard let partner = sides[1 - turn.side].partner(of: turn.span) else { continue }
            sides[turn.side].isTaken[turn.place] = true
            pairs.append(turn.side == 0 ? (turn.place, partner) : (partner, turn.place))
        }
        return pairs
    }
}
