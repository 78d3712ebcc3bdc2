import ClinicalText

extension SilverLabeler {
    /// Explains a span of one of some documents; the label model learns from all of them, as it does in labeling.
    ///
    /// - Throws: ``WeakLabelingError``.
    public func explain(
        _ span: TextSpan, of index: Int, in documents: [SegmentedDocument], anchors: [SegmentedDocument] = []
    ) throws -> SpanExplanation {
        let allVotes = try votes(on: documents)
        let learned = learned(from: allVotes, of: documents, anchors: try self.anchors(anchors))
        let combination = combination(of: allVotes, by: learned)
        var assembly = SilverEntities(types: types, minimumProbability: configuration.minimumProbability)
        let mentions = mentions(
            of: combination, in: documents, by: &assembly, consistency: learned.consistency)[index]
        let document = documents[index]
        let counted = Set(combination.votes[index].casts.map { Place(cast: $0) })
        let tokens = document.segmentation.tokens(overlapping: span)
        func textSpan(_ tokens: Range<Int>) -> TextSpan {
            document.segmentation.tokens[tokens.lowerBound].span
                .union(document.segmentation.tokens[tokens.upperBound - 1].span)
        }
        let voices = allVotes[index].casts.filter { $0.vote.tokens.overlaps(tokens) }
            .sorted { ($0.vote.tokens.lowerBound, $0.function) < ($1.vote.tokens.lowerBound, $1.function) }
            .map { cast in
                SpanExplanation.Voice(
                    function: functions[cast.function].name, claim: cast.vote.claim, strength: cast.vote.strength,
                    span: textSpan(cast.vote.tokens), evidence: cast.vote.evidence,
                    counts: counted.contains(Place(cast: cast)))
            }
        let distribution = combination.combined.distributions[index]
        let count = types.count + 1
        let accuracies = zip(functions, learned.model.estimatedAccuracies)
        return SpanExplanation(
            voices: voices,
            tokens: tokens.map { token in
                SpanExplanation.TokenBelief(
                    span: document.segmentation.tokens[token].span,
                    probabilities: Array(distribution[token * count..<(token + 1) * count]),
                    isUnknown: !combination.votes[index].hasVotes(on: token))
            },
            entities: assembly.entities(
                mentions.filter { $0.tokens.overlaps(tokens) }, in: document, votes: combination.votes[index]),
            estimatedAccuracies: Dictionary(
                accuracies.compactMap { function, accuracy in accuracy.map { (function.name, $0) } }
            ) { first, _ in first })
    }

    /// What tells one vote of a function from another.
    private struct Place: Hashable {
        var function: Int
        var vote: Vote

        init(cast: DocumentVotes.Cast) {
            function = cast.function
            vote = cast.vote
        }
    }

    /// Where what an entity's evidence names is written: a table or rule file with the line, and the term if there is one.
    ///
    /// - Parameter evidence: as `Vote.evidence` has it; nothing comes of what has no file.
    public func source(ofEvidence evidence: String) -> (place: String, term: String?)? {
        layers.source(ofEvidence: evidence)
    }
}
