import Lexicons

/// Votes for the terms of one lexicon.
public struct LexiconFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name: String
    private let lexicon: Int
    private let entries: LexiconEntries
    /// For each of the entries' types.
    private let targets: [LabelingTypes.Target]

    /// Makes the function of the lexicon at place `lexicon` of the resources.
    ///
    /// - Throws: ``WeakLabelingError/unknownEntityType(place:type:known:)``.
    init(_ lexicon: Int, of resources: LabelingResources, types: LabelingTypes) throws {
        let source = resources.lexicons[lexicon]
        name = "lexicon/\(source.name)"
        self.lexicon = lexicon
        entries = source.entries
        var firstLines = [Int?](repeating: nil, count: entries.types.count)
        for index in entries.indices where firstLines[entries.typeNumber(of: index)] == nil {
            firstLines[entries.typeNumber(of: index)] = entries[index].line
            if !firstLines.contains(nil) { break }
        }
        let name = name
        targets = try zip(entries.types, firstLines).map { type, line in
            // A type that no entry has needs no place in the experiment.
            guard let line else { return .abstain }
            return try types.resolved(type, of: name, at: "\(source.path):\(line)")
        }
    }

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        document.lexiconMatches[lexicon].compactMap { match in
            let entry = entries[match.entry]
            let evidence = "\(name):\(entry.line)"
            switch targets[entries.typeNumber(of: match.entry)] {
            case .type(let type):
                return Vote(
                    tokens: match.tokens, type: type, evidence: evidence, code: entry.code.isEmpty ? nil : entry.code)
            case .outside: return Vote(tokens: match.tokens, type: nil, evidence: evidence)
            case .abstain: return nil
            }
        }
    }
}
