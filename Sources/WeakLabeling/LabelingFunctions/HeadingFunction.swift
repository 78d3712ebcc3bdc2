/// Votes "outside" on the headings of known sections.
public struct HeadingFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name = "section/heading"

    /// Makes the function.
    public init() {}

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        document.headings.filter { !$0.isEmpty }.map { Vote(tokens: $0, claim: .outside, evidence: name) }
    }
}
