import ClinicalText

/// Why a span of a document has the silver entity it has, or none.
public struct SpanExplanation: Sendable {
    /// A vote that touches the span.
    public struct Voice: Sendable {
        /// The function's name.
        public var function: String
        /// What it says.
        public var claim: Vote.Claim
        /// How much it counts.
        public var strength: Double
        /// Of what it says it, in UTF-8 offsets.
        public var span: TextSpan
        /// The vote's evidence.
        public var evidence: String
        /// Whether it counts; a vote within a longer one of another type may not.
        public var counts: Bool
    }

    /// A token of the span, and what the label model makes of it.
    public struct TokenBelief: Sendable {
        /// The token, in UTF-8 offsets.
        public var span: TextSpan
        /// The probability of outside, then of each type.
        public var probabilities: [Double]
        /// Whether nobody says what it is.
        public var isUnknown: Bool
    }

    /// The votes, those that begin first first.
    public var voices: [Voice]
    /// The span's tokens.
    public var tokens: [TokenBelief]
    /// The silver entities that touch the span.
    public var entities: [Entity]
    /// How often each function is right, as the label model sees it, by the functions' names.
    public var estimatedAccuracies: [String: Double]
}
