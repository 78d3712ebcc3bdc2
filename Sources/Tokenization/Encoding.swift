import ClinicalText

/// The pieces of a text, with where each stands in it; without special pieces.
public struct Encoding: Sendable {
    /// The pieces' ids.
    public var ids: [Int32]
    /// The pieces' spans in the text as given, in UTF-8 offsets, one an id.
    public var spans: [TextSpan]

    /// Makes an encoding.
    public init(ids: [Int32], spans: [TextSpan]) {
        self.ids = ids
        self.spans = spans
    }
}
