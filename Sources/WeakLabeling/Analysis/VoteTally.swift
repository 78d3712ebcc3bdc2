import ClinicalText
import Evaluation
import LabelModels
import TextProcessing

/// What one labeling function's votes for types are worth against gold mentions, span by span.
struct VoteTally {
    private(set) var boundary = BoundaryErrors()
    /// Precision and recall by the number of tokens, `1`, `2`, `3` and `4+`: of votes, and of the mentions to be found.
    private(set) var byLength: [String: Counts] = [:]
    /// The same for abbreviations and other mentions.
    private(set) var byKind: [String: Counts] = [:]
    private(set) var examples: [VoteExample] = []

    /// So many examples of each kind are kept, the first ones.
    static let examplesPerKind = 4

    static func length(_ tokens: Range<Int>) -> String { tokens.count >= 4 ? "4+" : "\(tokens.count)" }

    static func kind(_ tokens: Range<Int>, in document: SegmentedDocument) -> String {
        let spans = document.segmentation.tokens
        let surface = document.document.text(
            of: spans[tokens.lowerBound].span.union(spans[tokens.upperBound - 1].span))
        return AbbreviationShape.isAbbreviation(surface) ? "abbreviations" : "other mentions"
    }

    /// Adds the function's votes for types on a document.
    ///
    /// - Parameters:
    ///   - votes: tokens and labels, each once.
    ///   - mentions: the gold mentions' tokens and labels.
    mutating func add(
        _ votes: [Mention], mentions: Set<Mention>, in document: SegmentedDocument, types: [String]
    ) {
        for vote in votes {
            let isRight = mentions.contains(vote)
            count(isRight ? \.truePositives : \.falsePositives, vote.tokens, in: document)
            guard !isRight else { continue }
            let overlapping = mentions.filter { $0.tokens.overlaps(vote.tokens) }
            let same = overlapping.filter { $0.label == vote.label }
                .min { ($0.tokens.lowerBound, $0.tokens.count) < ($1.tokens.lowerBound, $1.tokens.count) }
            if let same { boundary.add(vote.tokens, for: same.tokens) }
            keep(same != nil ? .boundary : overlapping.isEmpty ? .spurious : .type, vote, in: document, types: types)
        }
    }

    /// Adds the mentions of the function's types that it did not vote for.
    mutating func add(missed: some Sequence<Mention>, in document: SegmentedDocument) {
        for mention in missed { count(\.falseNegatives, mention.tokens, in: document) }
    }

    private mutating func count(
        _ path: WritableKeyPath<Counts, Int>, _ tokens: Range<Int>, in document: SegmentedDocument
    ) {
        byLength[Self.length(tokens), default: Counts()][keyPath: path] += 1
        byKind[Self.kind(tokens, in: document), default: Counts()][keyPath: path] += 1
    }

    private mutating func keep(
        _ kind: VoteExample.Kind, _ vote: Mention, in document: SegmentedDocument, types: [String]
    ) {
        guard examples.count(where: { $0.kind == kind }) < Self.examplesPerKind else { return }
        let tokens = document.segmentation.tokens
        let span = tokens[vote.tokens.lowerBound].span.union(tokens[vote.tokens.upperBound - 1].span)
        let range = TextOffsets(document.document.text).codePoints(of: span)
        examples.append(
            VoteExample(
                document: document.document.id, start: range.lowerBound, end: range.upperBound,
                type: types[vote.label - 1], kind: kind))
    }
}
