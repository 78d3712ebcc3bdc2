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

    /// The offset of the original text that an offset of the normalized text stands for (UTF-8).
    ///
    /// It is the start of a replaced place that `offset` lies in, and the end of a removed one that it stands at. The order
    /// is kept, and code point boundaries map to code point boundaries. With `o` for this function and `n` for
    /// ``normalizedOffset(of:)``: `n(o(x)) <= x`, equal outside of replaced places; `o(n(y)) >= y`, but the start of the place
    /// for a `y` within a replaced one; and `o(n(o(x))) == o(x)` and `n(o(n(y))) == n(y)` everywhere.
    public func originalOffset(of offset: Int) -> Int { alignment.originalOffset(of: offset) }

    /// The offset of the normalized text that stands for an offset of the original text (UTF-8): the start of what
    /// replaced the place that the offset lies in.
    public func normalizedOffset(of offset: Int) -> Int { alignment.changedOffset(of: offset) }

    /// The code points of the original text that a span of the normalized text (UTF-8) stands for, where `offsets` are
    /// those of the original text.
    public func originalCodePoints(of span: TextSpan, offsets: TextOffsets) -> Range<Int> {
        offsets.codePoints(of: original(of: span))
    }

    /// The span of the normalized text (UTF-8) that stands for a range of code points of the original text, where `offsets`
    /// are those of the original text; nothing if the range does not lie in it.
    public func normalized(ofCodePoints range: Range<Int>, offsets: TextOffsets) -> TextSpan? {
        offsets.span(ofCodePoints: range.lowerBound, range.upperBound).map { normalized(of: $0) }
    }
}
