import ClinicalText

/// Silver documents, and how they came to be.
public struct SilverResult: Sendable {
    /// The documents with silver entities in place of those they came with.
    public var documents: [Document]
    /// What each function did.
    public var analysis: LabelingAnalysis

    /// Makes a result.
    public init(documents: [Document], analysis: LabelingAnalysis) {
        self.documents = documents
        self.analysis = analysis
    }
}
