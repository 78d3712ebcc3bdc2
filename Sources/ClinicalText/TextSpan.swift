/// A half-open range of UTF-8 offsets into a document's text.
///
/// Files, reports and APIs outside the program speak Unicode code points; ``TextOffsets`` converts.
public struct TextSpan: Hashable, Comparable, Sendable {
    /// The UTF-8 offset of the first byte.
    public var start: Int
    /// The UTF-8 offset after the last byte.
    public var end: Int

    /// Makes the span `start ..< end`; `start` must not lie after `end`.
    public init(start: Int, end: Int) {
        precondition(start <= end, "a span must not end before it starts")
        self.start = start
        self.end = end
    }

    /// Makes the span of a range.
    public init(_ range: Range<Int>) {
        self.init(start: range.lowerBound, end: range.upperBound)
    }

    /// The length in UTF-8 bytes.
    public var count: Int { end - start }

    /// Whether the span holds nothing.
    public var isEmpty: Bool { start == end }

    /// The span as a range.
    public var range: Range<Int> { start..<end }

    /// Whether the two spans share at least one byte.
    public func overlaps(_ other: TextSpan) -> Bool { start < other.end && other.start < end }

    /// Whether `other` lies within this span.
    public func contains(_ other: TextSpan) -> Bool { start <= other.start && other.end <= end }

    /// The smallest span that holds both.
    public func union(_ other: TextSpan) -> TextSpan {
        TextSpan(start: min(start, other.start), end: max(end, other.end))
    }

    /// In the order of the text: by start, then by end.
    public static func < (left: TextSpan, right: TextSpan) -> Bool {
        (left.start, left.end) < (right.start, right.end)
    }
}
