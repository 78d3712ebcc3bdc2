/// Votes for or against what other functions vote for in a section: against drugs in the family history.
public struct SectionPriorFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name: String
    private let prior: SectionPrior
    private let type: String

    /// Makes the function; `type` is the prior's type in this experiment.
    init(_ prior: SectionPrior, type: String) {
        name = "section-prior/\(prior.section)/\(type)"
        self.prior = prior
        self.type = type
    }

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        let segmentation = document.document.segmentation
        let bodies = segmentation.sections.filter { $0.name == prior.section }
            .map { segmentation.tokens(overlapping: $0.span) }
        guard !bodies.isEmpty else { return [] }
        let runs = Set(
            document.votes.filter { vote in
                vote.type == type
                    && bodies.contains {
                        $0.lowerBound <= vote.tokens.lowerBound && vote.tokens.upperBound <= $0.upperBound
                    }
            }.map(\.tokens))
        return runs.sorted { ($0.lowerBound, $0.count) < ($1.lowerBound, $1.count) }.map { tokens in
            Vote(
                tokens: tokens, claim: prior.claim == .for ? .type(type) : .against(type), strength: prior.strength,
                evidence: name)
        }
    }
}
