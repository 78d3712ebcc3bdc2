import ClinicalText

/// A normalized view of a text, with the way back to the original.
///
/// The view is for matching; whatever is found in it is reported at ``original(of:)``.
public struct NormalizedText: Sendable {
    /// The normalized text.
    public let text: String
    let alignment: TextAlignment

    /// Whether the text was in normal form already, so that offsets are the same in both.
    public var isIdentity: Bool { alignment.edits.isEmpty }

    /// The span of the original text that a span of the normalized text stands for (UTF-8 offsets).
    ///
    /// A character that was replaced as a whole maps as a whole; what was removed at the span's ends is left out.
    public func original(of span: TextSpan) -> TextSpan { alignment.original(of: span) }

    /// The span of the normalized text that stands for a span of the original text (UTF-8 offsets).
    public func normalized(of span: TextSpan) -> TextSpan { alignment.changed(of: span) }
}
