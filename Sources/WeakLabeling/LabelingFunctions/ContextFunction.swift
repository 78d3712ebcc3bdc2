/// Votes against mentions that stand in a context: a disease of the family is none of the patient's.
public struct ContextFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name: String
    private let rule: ContextRule
    private let types: Set<String>

    /// Makes the function; `types` are the rule's types in this experiment.
    init(_ rule: ContextRule, types: Set<String>) {
        name = "context/\(rule.context.rawValue)"
        self.rule = rule
        self.types = types
    }

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        var votes: [Vote] = []
        var seen: Set<Vote> = []
        for vote in document.votes {
            guard let type = vote.type, types.contains(type),
                document.contexts.contexts(of: vote.tokens).contains(rule.context)
            else { continue }
            let claim: Vote.Claim = rule.claim == .outside ? .outside : .against(type)
            let own = Vote(tokens: vote.tokens, claim: claim, strength: rule.strength, evidence: name)
            if seen.insert(own).inserted { votes.append(own) }
        }
        return votes
    }
}
