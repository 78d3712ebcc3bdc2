/// What the columns of a CoNLL file mean, where it should not be told from its first lines.
public struct CoNLLOptions: Sendable, Equatable {
    /// The column of the tokens, counted from 1.
    public var tokenColumn: Int?
    /// The column of the tags, counted from 1.
    public var tagColumn: Int?
    /// The column of the tokens' starts in code points, counted from 1; their ends stand in the next one.
    public var startColumn: Int?
    /// Where a document ends.
    public var boundary = Boundary.automatic

    /// Where a document ends.
    public enum Boundary: Sendable, Equatable {
        /// At `-DOCSTART-` lines if there are some among the first lines, else at two blank lines if sentences end at
        /// one, else at the end of the file.
        case automatic
        /// At lines that begin with `-DOCSTART-` or `#begin document`.
        case docstart
        /// After so many blank lines; with 1, every sentence is a document.
        case blankLines(Int)
        /// At the end of the file.
        case file
    }

    /// The default options: everything is told from the first lines.
    public init() {}
}
