import ClinicalText

/// A document's entities as tags of its tokens, with a count of what tags cannot spell.
struct EntityTags {
    /// Runs of tokens with a type, in the order of the tokens.
    let mentions: [TagDecoder.Mention]
    private let count: Int

    /// Puts the document's entities on the tokens of `layout`.
    ///
    /// Discontinuous entities are lost, of entities that overlap all but the longest; one that ends within a token is
    /// widened to the whole token.
    init(of document: Document, layout: TokenLayout, context: WriteContext) {
        var types: [String] = []
        var seen: Set<String> = []
        for entity in document.entities where seen.insert(entity.type).inserted { types.append(entity.type) }
        let scheme = TagScheme(types: types)
        let segmented = SegmentedDocument(
            document: document,
            segmentation: Segmentation(sections: [], sentences: [], tokens: layout.tokens.map { Token(span: $0) }))
        let (tags, alignment) = scheme.tags(of: segmented)
        context.lose(.entity, count: alignment.lost)
        context.lose(.boundary, count: alignment.widened)
        mentions = scheme.runs(in: tags).map { .init(type: types[$0.typeIndex], tokens: $0.tokens) }
        count = tags.count
    }

    /// One tag a token.
    func spelled(_ tagging: WriteOptions.Tagging) -> [String] {
        var tags = [String](repeating: "O", count: count)
        for mention in mentions {
            for token in mention.tokens { tags[token] = "I-" + mention.type }
            tags[mention.tokens.lowerBound] = "B-" + mention.type
            if tagging == .bioes {
                tags[mention.tokens.upperBound - 1] = (mention.tokens.count == 1 ? "S-" : "E-") + mention.type
            }
        }
        return tags
    }

    /// Sentence starts without those within a mention, which readers would cut there.
    func uncut(_ sentenceStarts: [Int]) -> [Int] {
        var kept: [Int] = []
        var rest = mentions[...]
        for start in sentenceStarts {
            while let mention = rest.first, mention.tokens.upperBound <= start { rest = rest.dropFirst() }
            if let mention = rest.first, mention.tokens.lowerBound < start { continue }
            kept.append(start)
        }
        return kept
    }
}
