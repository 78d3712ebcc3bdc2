/// Votes for the matches of one rule.
public struct PatternFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name: String
    private let rule: Int
    private let target: LabelingTypes.Target
    private let groups: [String: LabelingTypes.Target]
    private let isAgainst: Bool
    private let strength: Double

    /// Makes the function of the rule at place `rule` of the resources.
    ///
    /// - Throws: ``WeakLabelingError/unknownEntityType(place:type:known:)``.
    init(_ rule: Int, of resources: LabelingResources, types: LabelingTypes) throws {
        let source = resources.rules[rule]
        let place = "\(resources.rulePaths[rule]):\(source.line): \(source.name)"
        name = "regex/\(source.name)"
        self.rule = rule
        strength = source.strength
        if case .against = source.target { isAgainst = true } else { isAgainst = false }
        var groups: [String: LabelingTypes.Target] = [:]
        switch source.target {
        case .type(let type), .against(let type): target = try types.resolved(type, of: name, at: place)
        case .outside: target = try types.resolved(nil, of: name, at: place)
        case .namedGroups:
            target = .abstain
            for group in resources.patterns.patterns[rule].namedGroups {
                groups[group.name] = try types.resolved(group.name, of: name, at: place)
            }
        }
        self.groups = groups
    }

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        document.ruleMatches[rule].compactMap { match in
            switch match.group.map({ groups[$0] ?? .abstain }) ?? target {
            case .type(let type):
                return Vote(
                    tokens: match.tokens, claim: isAgainst ? .against(type) : .type(type), strength: strength,
                    evidence: name)
            case .outside: return Vote(tokens: match.tokens, claim: .outside, strength: strength, evidence: name)
            case .abstain: return nil
            }
        }
    }
}
