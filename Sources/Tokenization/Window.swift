/// A part of a document that a model reads at once, in words.
public struct Window: Hashable, Sendable {
    /// The words it holds.
    public var words: Range<Int>
    /// The words it answers for: those that lie deeper in it than in any other window.
    public var owned: Range<Int>

    /// Makes a window.
    public init(words: Range<Int>, owned: Range<Int>) {
        self.words = words
        self.owned = owned
    }
}
