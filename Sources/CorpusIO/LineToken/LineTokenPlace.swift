/// The first and the last token of a mention, or of a fragment of one; both belong to it.
struct LineTokenPlace: Hashable, Sendable, CustomStringConvertible {
    let first: LineTokenPosition
    let last: LineTokenPosition

    /// `LINE:TOKEN LINE:TOKEN`, as the files have it.
    var description: String { "\(first) \(last)" }

    /// Whether the place is `-1:-1 -1:-1`, which systems write for text that they do not place.
    var isPlaceholder: Bool { first == last && first.line == -1 && first.token == -1 }

    /// The place with its ends exchanged.
    var reversed: LineTokenPlace { LineTokenPlace(first: last, last: first) }
}
