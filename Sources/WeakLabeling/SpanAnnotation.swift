import ClinicalText

/// What an annotation says of a span of a document.
public struct SpanAnnotation: Hashable, Sendable {
    /// The span, in UTF-8 offsets.
    public var span: TextSpan
    /// What it says.
    public var claim: Vote.Claim
    /// How much it counts.
    public var strength: Double
    /// Where it comes from.
    public var evidence: String

    /// Makes an annotation.
    public init(span: TextSpan, claim: Vote.Claim, strength: Double = 1, evidence: String) {
        self.span = span
        self.claim = claim
        self.strength = strength
        self.evidence = evidence
    }
}
