import ClinicalText
import Evaluation

/// A gold mention, the prediction that stands for it, and what that means; one of the two may be absent.
struct MentionPair {
    /// The place among the gold entities.
    var gold: Int?
    /// The place among the predicted entities.
    var predicted: Int?
    var outcome: Outcome
    /// Set when the spans differ.
    var boundary: BoundaryError?

    /// Pairs the entities of one document one to one.
    ///
    /// Exact matches come first. The rest is paired greedily by the bytes two mentions share; equal overlaps prefer the
    /// same type, then the tighter fit, then the order of the text, so that the result is always the same.
    static func pairs(gold: [Entity], predicted: [Entity]) -> [MentionPair] {
        var pairs: [MentionPair] = []
        var isGoldFree = [Bool](repeating: true, count: gold.count)
        var isPredictedFree = [Bool](repeating: true, count: predicted.count)
        for (right, found) in MatchingRule.strict.pairs(gold: gold, predicted: predicted) {
            pairs.append(MentionPair(gold: right, predicted: found, outcome: .correct))
            isGoldFree[right] = false
            isPredictedFree[found] = false
        }
        for candidate in candidates(
            gold: gold.indices.filter { isGoldFree[$0] }.map { ($0, gold[$0]) },
            predicted: predicted.indices.filter { isPredictedFree[$0] }.map { ($0, predicted[$0]) })
        where isGoldFree[candidate.gold] && isPredictedFree[candidate.predicted] {
            isGoldFree[candidate.gold] = false
            isPredictedFree[candidate.predicted] = false
            let (right, found) = (gold[candidate.gold], predicted[candidate.predicted])
            let boundary = right.spans == found.spans ? nil : BoundaryError(gold: right, predicted: found)
            let outcome: Outcome =
                right.type == found.type ? .wrongBoundary : boundary == nil ? .wrongType : .wrongTypeAndBoundary
            pairs.append(
                MentionPair(
                    gold: candidate.gold, predicted: candidate.predicted, outcome: outcome, boundary: boundary))
        }
        for place in gold.indices where isGoldFree[place] {
            pairs.append(MentionPair(gold: place, outcome: .missed))
        }
        for place in predicted.indices where isPredictedFree[place] {
            pairs.append(MentionPair(predicted: place, outcome: .spurious))
        }
        func start(_ pair: MentionPair) -> TextSpan {
            pair.gold.map { gold[$0].hull } ?? pair.predicted.map { predicted[$0].hull } ?? TextSpan(start: 0, end: 0)
        }
        // Sorting by place keeps mentions that start together in the order of the files.
        return pairs.enumerated().sorted { (start($0.element), $0.offset) < (start($1.element), $1.offset) }
            .map(\.element)
    }

    private struct Candidate {
        let gold: Int
        let predicted: Int
        let overlap: Int
        let hasSameType: Bool
        let hull: TextSpan
    }

    private static func candidates(gold: [(Int, Entity)], predicted: [(Int, Entity)]) -> [Candidate] {
        // By start, so that each gold mention meets only the predictions that start before it ends.
        let predicted = predicted.sorted { ($0.1.hull, $0.0) < ($1.1.hull, $1.0) }
        var candidates: [Candidate] = []
        for (goldPlace, right) in gold {
            for (predictedPlace, found) in predicted {
                if found.hull.start >= right.hull.end { break }
                let overlap = overlap(right, found)
                guard overlap > 0 else { continue }
                candidates.append(
                    Candidate(
                        gold: goldPlace, predicted: predictedPlace, overlap: overlap,
                        hasSameType: right.type == found.type, hull: right.hull.union(found.hull)))
            }
        }
        return candidates.sorted { left, right in
            if left.overlap != right.overlap { return left.overlap > right.overlap }
            if left.hasSameType != right.hasSameType { return left.hasSameType }
            if left.hull.count != right.hull.count { return left.hull.count < right.hull.count }
            if left.hull != right.hull { return left.hull < right.hull }
            return (left.gold, left.predicted) < (right.gold, right.predicted)
        }
    }

    /// The bytes that two mentions share.
    private static func overlap(_ left: Entity, _ right: Entity) -> Int {
        var shared = 0
        for first in left.spans {
            for second in right.spans { shared += max(0, min(first.end, second.end) - max(first.start, second.start)) }
        }
        return shared
    }
}
