import ClinicalText

/// What weak labels say of each token of a document, for training that is not sure.
public struct TokenLabels: Sendable {
    /// The document's id.
    public var document: String
    /// The tokens, in UTF-8 offsets.
    public var spans: [TextSpan]
    /// The number of labels, outside and the types.
    public var labelCount: Int
    /// The probability of each label of each token, outside first; tokens × labels.
    public var probabilities: [Double]
    /// Tokens that nobody spoke about: unknown rather than outside, whatever ``probabilities`` say.
    public var isUnknown: [Bool]
}
