import ClinicalText

/// Cuts the text around errors out of one document.
struct ErrorContext {
    /// The most bytes of a sentence to show on either side of a mention.
    private static let reach = 240

    private let segmented: SegmentedDocument
    private let offsets: TextOffsets

    init(_ segmented: SegmentedDocument) {
        self.segmented = segmented
        offsets = TextOffsets(segmented.document.text)
    }

    func example(_ pair: MentionPair, gold: Entity?, predicted: Entity?, section: String) -> ErrorExample {
        example(pair.outcome, pair.boundary, gold: gold, predicted: predicted, section: section)
    }

    func example(
        _ outcome: Outcome, _ boundary: BoundaryError?, gold: Entity?, predicted: Entity?, section: String
    ) -> ErrorExample {
        let hulls = [gold, predicted].compactMap { $0?.hull }
        let hull = hulls.dropFirst().reduce(hulls[0]) { $0.union($1) }
        let sentences = surroundings(of: hull)
        let shown = cut(sentences, around: hull)
        return ErrorExample(
            document: segmented.document.id, section: section, outcome: outcome, boundary: boundary,
            gold: gold.map(mention), predicted: predicted.map(mention),
            context: String(segmented.document.text(of: shown)),
            contextStart: offsets.codePointOffset(ofUTF8: shown.start),
            isCutBefore: shown.start > sentences.start, isCutAfter: shown.end < sentences.end)
    }

    private func mention(_ entity: Entity) -> ErrorExample.Mention {
        ErrorExample.Mention(
            type: entity.type,
            spans: entity.spans.map {
                let range = offsets.codePoints(of: $0)
                return [range.lowerBound, range.upperBound]
            },
            confidence: entity.provenance.probability)
    }

    /// The sentences that the span touches.
    private func surroundings(of hull: TextSpan) -> TextSpan {
        let segmentation = segmented.segmentation
        let tokens = segmentation.tokens(overlapping: hull)
        guard let first = tokens.first, let last = tokens.last else { return hull }
        let start = segmentation.sentences[segmentation.sentenceIndex(ofToken: first)].span
        return start.union(segmentation.sentences[segmentation.sentenceIndex(ofToken: last)].span).union(hull)
    }

    /// As much of the sentences as is good to read, from token to token.
    private func cut(_ sentences: TextSpan, around hull: TextSpan) -> TextSpan {
        let segmentation = segmented.segmentation
        var shown = sentences
        if hull.start - sentences.start > Self.reach {
            let reached = TextSpan(start: hull.start - Self.reach, end: hull.start)
            let first = segmentation.tokens(overlapping: reached).dropFirst().first
            shown.start = first.map { min(segmentation.tokens[$0].span.start, hull.start) } ?? hull.start
        }
        if sentences.end - hull.end > Self.reach {
            let reached = TextSpan(start: hull.end, end: hull.end + Self.reach)
            let last = segmentation.tokens(overlapping: reached).dropLast().last
            shown.end = last.map { max(segmentation.tokens[$0].span.end, hull.end) } ?? hull.end
        }
        return shown
    }
}

extension ErrorExample {
    /// What a source says of a document, and the gold mention beside it if there is one, in their context.
    public init(_ outcome: Outcome, gold: Entity?, predicted: Entity, in document: SegmentedDocument) {
        let start = predicted.hull.start
        let section = document.segmentation.sections.last { $0.span.start <= start && start < $0.span.end }
        self = ErrorContext(document).example(
            outcome, nil, gold: gold, predicted: predicted, section: section?.name ?? "")
    }
}
