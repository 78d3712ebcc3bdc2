/// Votes for the sense that an ambiguous abbreviation has in its document: multiple sclerosis or mitral stenosis for `MS`.
public struct AbbreviationSenseFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name = "abbreviation/sense"
    private let types: [String: LabelingTypes.Target]

    /// - Parameter types: what the inventory's types are here.
    init(types: [String: LabelingTypes.Target]) { self.types = types }

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        document.abbreviations.compactMap { use in
            guard let sense = use.sense else { return nil }
            let evidence = "\(name):\(sense.line)"
            // A sense that nothing but the inventory's order speaks for is half a vote.
            let strength = use.isDecided ? 1 : 0.5
            switch sense.type.map({ types[$0] ?? .abstain }) ?? .outside {
            case .type(let type):
                return Vote(tokens: use.tokens, type: type, strength: strength, evidence: evidence)
            case .outside: return Vote(tokens: use.tokens, claim: .outside, strength: strength, evidence: evidence)
            case .abstain: return nil
            }
        }
    }
}
