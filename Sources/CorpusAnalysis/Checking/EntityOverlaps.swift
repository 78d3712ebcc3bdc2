import ClinicalText

/// Finds the entities of a document that lie within others or cross them.
///
/// One walk in the order of the text, in time `n log n` however many overlap: of each entity at most one that holds it
/// and one that it crosses are found.
struct EntityOverlaps {
    /// What an entity has to do with another, given by their places in the document.
    enum Overlap: Equatable {
        /// It lies within the other, or covers the same text.
        case within(Int)
        /// They share text, and neither lies within the other.
        case crossing(Int)
    }

    private struct Piece {
        let span: TextSpan
        let entity: Int
    }

    /// For each entity that overlaps an earlier or larger one, what it has to do with it.
    static func find(in entities: [Entity]) -> [(entity: Int, overlap: Overlap)] {
        let sizes = entities.map { $0.spans.reduce(0) { $0 + $1.count } }
        var pieces: [Piece] = []
        for (index, entity) in entities.enumerated() {
            for span in entity.spans where !span.isEmpty { pieces.append(Piece(span: span, entity: index)) }
        }
        // Of pieces that start together the longer comes first, of equal ones that of the larger entity.
        pieces.sort { left, right in
            (left.span.start, right.span.end, sizes[right.entity], left.entity)
                < (right.span.start, left.span.end, sizes[left.entity], right.entity)
        }
        return overlaps(of: pieces, count: entities.count)
    }

    private static func overlaps(of pieces: [Piece], count: Int) -> [(entity: Int, overlap: Overlap)] {
        var widest: Piece?
        var ends = LatestEnd(ends: pieces.map(\.span.end))
        var holders = [Int?](repeating: nil, count: count)
        var crossers = [Int?](repeating: nil, count: count)
        var isOutside = [Bool](repeating: false, count: count)
        for (index, piece) in pieces.enumerated() {
            if let widest, widest.span.end >= piece.span.end {
                holders[piece.entity] = holders[piece.entity] ?? widest.entity
            } else {
                isOutside[piece.entity] = true
                if let other = ends.latest(before: piece.span.end), pieces[other].span.end > piece.span.start,
                    pieces[other].entity != piece.entity
                {
                    crossers[piece.entity] = crossers[piece.entity] ?? pieces[other].entity
                }
            }
            ends.insert(index, end: piece.span.end)
            if widest.map({ piece.span.end > $0.span.end }) ?? true { widest = piece }
        }
        return (0..<count).compactMap { entity in
            if let crosser = crossers[entity] { return (entity, .crossing(crosser)) }
            guard let holder = holders[entity] else { return nil }
            return (entity, isOutside[entity] ? .crossing(holder) : .within(holder))
        }
    }

    /// Which of the pieces inserted so far ends latest before a given end: a Fenwick tree over the ranks of the ends.
    private struct LatestEnd {
        private let ranks: [Int]
        private var latest: [Int?]

        init(ends: [Int]) {
            ranks = Array(Set(ends)).sorted()
            latest = [Int?](repeating: nil, count: ranks.count + 1)
            self.ends = ends
        }

        private let ends: [Int]

        mutating func insert(_ piece: Int, end: Int) {
            var node = rank(of: end) + 1
            while node < latest.count {
                if latest[node].map({ ends[$0] < end }) ?? true { latest[node] = piece }
                node += node & -node
            }
        }

        func latest(before end: Int) -> Int? {
            var node = rank(of: end)
            var best: Int?
            while node > 0 {
                if let piece = latest[node], best.map({ ends[$0] < ends[piece] }) ?? true { best = piece }
                node -= node & -node
            }
            return best
        }

        /// How many different ends lie before `end`.
        private func rank(of end: Int) -> Int {
            var low = 0
            var high = ranks.count
            while low < high {
                let middle = (low + high) / 2
                if ranks[middle] < end { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }
}
