import ClinicalText

/// Silver documents, and how they came to be.
public struct SilverResult: Sendable {
    /// The documents with silver entities in place of those they came with.
    public var documents: [Document]
    /// What each function did.
    public var analysis: LabelingAnalysis
    /// What is known of each document's tokens, where the configuration asks for it.
    public var tokens: [TokenLabels]

    /// Makes a result.
    public init(documents: [Document], analysis: LabelingAnalysis, tokens: [TokenLabels] = []) {
        self.documents = documents
        self.analysis = analysis
        self.tokens = tokens
    }
}
