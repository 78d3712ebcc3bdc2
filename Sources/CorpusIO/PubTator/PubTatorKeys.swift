/// What the entities of PubTator files remember of their lines, and the attributes that have a column there.
enum PubTatorKeys {
    /// The column of concepts, where the codes alone would not give it.
    static let concept = "pubtator.concept"
    /// The column of the surface, where it has other white space than the text.
    static let surface = "pubtator.surface"
    /// `5` for a line without a column of concepts.
    static let columns = "pubtator.columns"
    /// What follows the seventh column.
    static let rest = "pubtator.rest"
    /// The seventh column: the parts of a composite mention, joined by `|`; empty for a tab without anything behind.
    static let parts = "parts"
    /// The seventh column where it is a number, as taggers write it.
    static let score = "score"
}
