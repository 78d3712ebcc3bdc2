/// A mention as a line of the i2b2 line formats gives it.
struct LineTokenMention {
    /// What messages call it: `the concept`, `field m`.
    let name: String
    /// The text given with it.
    let surface: String
    /// Where it stands in the note, at least one place.
    let places: [LineTokenPlace]
    /// Its line in the annotation file.
    let line: Int

    /// What messages call it, with its place.
    var description: String { "\(name) at \(places.map(\.description).joined(separator: ","))" }
}
