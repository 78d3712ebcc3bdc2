/// Finds the name a user most likely meant.
public enum NearestName {
    /// The name of `names` with the smallest edit distance to `typed`, if it is near enough to be a slip of the hand.
    public static func of(_ typed: String, in names: some Sequence<String>) -> String? {
        let limit = max(2, typed.count / 3)
        let lowered = typed.lowercased()
        return names.map { (name: $0, distance: distance(lowered, $0.lowercased())) }
            .filter { $0.distance <= limit }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// The Levenshtein distance of two words, in Unicode scalars.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.unicodeScalars)
        let right = Array(right.unicodeScalars)
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (a == b ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[right.count]
    }
}
