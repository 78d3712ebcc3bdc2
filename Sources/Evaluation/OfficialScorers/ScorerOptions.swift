/// What an official scorer is told besides the documents.
public struct ScorerOptions: Sendable, Equatable {
    /// The name of a variant; nothing for the scorer's default.
    public var variant: String?
    /// How many sentences each document has, by id, which MEDDOCAN's leak score divides by; the organizers counted
    /// them with FreeLing and shipped the counts as files.
    public var sentences: [String: Int]?

    /// Makes options.
    public init(variant: String? = nil, sentences: [String: Int]? = nil) {
        self.variant = variant
        self.sentences = sentences
    }
}
