import Lexicons

/// Votes for the terms of one lexicon.
public struct LexiconFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name: String
    private let lexicon: Int
    private let entries: LexiconEntries
    /// For each of the entries' types.
    private let targets: [LabelingTypes.Target]
    /// How much the votes for each of the entries' types count.
    private let strengths: [Double]

    /// Makes the function of the lexicon at place `lexicon` of the resources.
    ///
    /// - Parameter classes: for the categories of an ontology how probable each type is; a term votes for the most
    ///   probable one, or for outside where that is more probable, as strongly as it is probable.
    /// - Throws: ``WeakLabelingError/unknownEntityType(place:type:known:)``.
    init(
        _ lexicon: Int, of resources: LabelingResources, types: LabelingTypes,
        classes: [String: [String: Double]] = [:]
    ) throws {
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
        let votes = try zip(entries.types, firstLines).map { type, line -> (LabelingTypes.Target, Double) in
            // A type that no entry has needs no place in the experiment.
            guard let line else { return (.abstain, 0) }
            let place = "\(source.path):\(line)"
            guard let type, let probabilities = classes[type] else {
                return (try types.resolved(type, of: name, at: place), 1)
            }
            let outside = 1 - probabilities.values.reduce(0, +)
            let best = probabilities.max { ($0.value, $1.key) < ($1.value, $0.key) }
            guard let best, best.value >= outside else { return (.outside, outside) }
            return (try types.resolved(best.key, of: name, at: place), best.value)
        }
        targets = votes.map(\.0)
        strengths = votes.map(\.1)
    }

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        document.lexiconMatches[lexicon].compactMap { match in
            let entry = entries[match.entry]
            let evidence = "\(name):\(entry.line)"
            let type = entries.typeNumber(of: match.entry)
            guard let claim = targets[type].claim else { return nil }
            return Vote(
                tokens: match.tokens, claim: claim, strength: strengths[type], evidence: evidence,
                code: entry.code.isEmpty ? nil : entry.code)
        }
    }
}
