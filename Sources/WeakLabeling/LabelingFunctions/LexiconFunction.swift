import Lexicons

/// Votes for the terms of one lexicon.
public struct LexiconFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name: String
    private let lexicon: Int
    private let entries: [LexiconEntry]
    private let targets: [LabelingTypes.Target]

    /// Makes the function of the lexicon at place `lexicon` of the resources.
    ///
    /// - Throws: ``WeakLabelingError/unknownEntityType(place:type:known:)``.
    init(_ lexicon: Int, of resources: LabelingResources, types: LabelingTypes) throws {
        let source = resources.lexicons[lexicon]
        name = "lexicon/\(source.name)"
        self.lexicon = lexicon
        entries = source.entries
        let name = name
        targets = try source.entries.map { entry in
            try types.resolved(entry.type, of: name, at: "\(source.path):\(entry.line)")
        }
    }

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        document.lexiconMatches[lexicon].compactMap { match in
            let entry = entries[match.entry]
            let evidence = "\(name):\(entry.line)"
            switch targets[match.entry] {
            case .type(let type):
                return Vote(
                    tokens: match.tokens, type: type, evidence: evidence, code: entry.code.isEmpty ? nil : entry.code)
            case .outside: return Vote(tokens: match.tokens, type: nil, evidence: evidence)
            case .abstain: return nil
            }
        }
    }
}
