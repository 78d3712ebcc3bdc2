/// How a corpus is written.
public struct WriteOptions: Sendable, Equatable {
    /// What replaces a character that XML 1.0 cannot hold, one code point so that offsets stay; nothing to refuse.
    public var xmlReplacement: Unicode.Scalar?
    /// The tags of column formats.
    public var tagging = Tagging.bio
    /// Whether column formats give each token's offsets.
    public var columnOffsets = true
    /// What divides a text into the tokens of column formats, where the document has none of its own.
    public var tokens = TokenSplitter.simple

    /// Whether the i2b2 formats of 2009, 2010 and 2011 put each kind of file into a folder of its own, as they were
    /// distributed.
    public var subfolders = false

    /// The tags that spell entities in column formats.
    public enum Tagging: String, Codable, CaseIterable, Sendable {
        /// `B-`, `I-`, `O`.
        case bio
        /// `B-`, `I-`, `E-`, `S-`, `O`.
        case bioes
    }

    /// The default options.
    public init() {}
}
