/// The relaxed comparison of i2b2 2014: two annotations are equal when only their ends differ, by two at the most.
///
/// That equality is not transitive, and the script puts annotations into sets under it. What follows is what those
/// sets then do: of one side's annotations that are equal to an earlier one only the earlier stays; the smaller side
/// (the predictions, when both are as large) says how many match; and what matches nothing is wrong or missed.
enum RelaxedEnds {
    /// How many characters ends may lie apart.
    static let tolerance = 2

    private struct Key: Hashable {
        let name: String
        let type: String
        let start: Int

        init(_ tag: DeidentificationTag) {
            let folded = tag.folded
            (name, type, start) = (folded.name, folded.type, folded.start)
        }
    }

    /// A side's annotations, by all but their end.
    private struct Side {
        private(set) var ends: [Key: Set<Int>] = [:]
        private(set) var count = 0

        init(_ tags: [DeidentificationTag]) {
            for tag in tags where !contains(Key(tag), tag.end) {
                ends[Key(tag), default: []].insert(tag.end)
                count += 1
            }
        }

        func contains(_ key: Key, _ end: Int) -> Bool {
            guard let ends = ends[key] else { return false }
            return (-tolerance...tolerance).contains { ends.contains(end + $0) }
        }

        /// How many of its annotations the other side has.
        func matches(in other: Side) -> Int {
            ends.reduce(0) { sum, entry in sum + entry.value.count { other.contains(entry.key, $0) } }
        }
    }

    /// The counts of one document.
    static func counts(_ gold: [DeidentificationTag], _ predicted: [DeidentificationTag]) -> Counts {
        let (gold, predicted) = (Side(gold), Side(predicted))
        let found = gold.matches(in: predicted)
        let right = predicted.matches(in: gold)
        return Counts(
            truePositives: gold.count < predicted.count ? found : right, falsePositives: predicted.count - right,
            falseNegatives: gold.count - found)
    }
}
