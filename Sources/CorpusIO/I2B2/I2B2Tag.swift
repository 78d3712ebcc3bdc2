/// A child of `TAGS`, or of such a child, before offsets are looked at.
struct I2B2Tag {
    /// An offset as written.
    enum Offset: Equatable {
        /// There is no such attribute.
        case missing
        /// It is not a whole number.
        case malformed
        /// In code points.
        case at(Int)
    }

    /// The element's name.
    let name: String
    /// Counted from 1.
    let line: Int
    /// The place among the tags of the tag around it.
    let parent: Int?
    /// The attribute `id`.
    var id: String?
    /// The attribute `start`.
    var start = Offset.missing
    /// The attribute `end`.
    var end = Offset.missing
    /// The attribute `TYPE`.
    var type: String?
    /// The attribute `comment`.
    var comment: String?
    /// Where the attribute `text` is among the content's surfaces.
    var surface: Range<Int>?
    /// The other attributes, in the order of the file.
    var others: [(name: String, value: String)] = []
    /// Whether there are tags within it.
    var holdsTags = false

    init(name: String, line: Int, parent: Int?) {
        self.name = name
        self.line = line
        self.parent = parent
    }

    /// The value of one of the other attributes.
    subscript(name: String) -> String? { others.first { $0.name == name }?.value }

    /// Whether the tag has offsets; -1 for both, which the 2014 release has, counts as none.
    var hasOffsets: Bool {
        if self["spans"] != nil { return true }
        if start == .missing && end == .missing { return false }
        return start != .at(-1) || end != .at(-1)
    }

    /// Whether the tag links two others, as `TLINK` does.
    var isLink: Bool { self["fromID"] != nil && self["toID"] != nil }
}
