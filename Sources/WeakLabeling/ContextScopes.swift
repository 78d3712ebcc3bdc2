import ClinicalText

/// Which parts of a document cues and sections put into a context.
///
/// A cue's scope reaches from the cue to the end (or the beginning) of its sentence, or to a word that ends scopes, a
/// semicolon or colon, as in ConText (``ContextCues``).
public struct ContextScopes: Sendable {
    /// The part of a sentence that one cue speaks of, as token indices.
    public struct Scope: Hashable, Sendable {
        /// How the cue says that it is meant.
        public var context: AssertionContext
        /// The cue.
        public var cue: Range<Int>
        /// What it speaks of; behind or before the cue.
        public var tokens: Range<Int>
        /// Whether the scope lies behind the cue.
        public var isForward: Bool
    }

    /// The scopes of cues, in the order of the cues.
    public let scopes: [Scope]
    /// The scopes of negating cues.
    public let negations: [Scope]
    /// The tokens of sections that put all they hold into a context.
    private let sections: [(context: AssertionContext, tokens: Range<Int>)]

    /// - Parameters:
    ///   - cues: the cues in the document, in its order.
    ///   - sections: the contexts of sections, by their normalized names.
    init(
        cues: [(meanings: [ContextCues.Meaning], tokens: Range<Int>)], sections: [String: AssertionContext],
        document: SegmentedDocument
    ) {
        let segmentation = document.segmentation
        self.sections = segmentation.sections.compactMap { section in
            sections[section.name].map { ($0, segmentation.tokens(overlapping: section.span)) }
        }
        guard !cues.isEmpty else {
            scopes = []
            negations = []
            return
        }
        var endsScope = [Bool](repeating: false, count: segmentation.tokens.count)
        for token in segmentation.tokens.indices {
            let text = document.document.text(of: segmentation.tokens[token].span)
            endsScope[token] = text == ";" || text == ":" || text == "."
        }
        for cue in cues where cue.meanings.contains(where: { $0.context == nil }) {
            for token in cue.tokens { endsScope[token] = true }
        }
        var scopes: [Scope] = []
        for cue in cues {
            for meaning in cue.meanings {
                guard let context = meaning.context, meaning.direction != .pseudo,
                    !Self.isHidden(cue.tokens, context, by: cues)
                else { continue }
                let sentence = segmentation.sentences[segmentation.sentenceIndex(ofToken: cue.tokens.lowerBound)].tokens
                if meaning.direction != .backward {
                    var end = cue.tokens.upperBound
                    while end < sentence.upperBound, !endsScope[end] { end += 1 }
                    if end > cue.tokens.upperBound {
                        scopes.append(
                            Scope(
                                context: context, cue: cue.tokens, tokens: cue.tokens.upperBound..<end, isForward: true)
                        )
                    }
                }
                if meaning.direction == .backward || meaning.direction == .both {
                    var start = cue.tokens.lowerBound
                    while start > sentence.lowerBound, !endsScope[start - 1] { start -= 1 }
                    if start < cue.tokens.lowerBound {
                        scopes.append(
                            Scope(
                                context: context, cue: cue.tokens, tokens: start..<cue.tokens.lowerBound,
                                isForward: false))
                    }
                }
            }
        }
        self.scopes = scopes
        negations = scopes.filter { $0.context == .negated }
    }

    /// Whether a longer cue that is none holds a cue of the same context: the `no` of `no change`.
    private static func isHidden(
        _ tokens: Range<Int>, _ context: AssertionContext,
        by cues: [(meanings: [ContextCues.Meaning], tokens: Range<Int>)]
    ) -> Bool {
        cues.contains { cue in
            cue.tokens.overlaps(tokens) && cue.tokens.count >= tokens.count
                && cue.meanings.contains { $0.direction == .pseudo && $0.context == context }
        }
    }

    /// The contexts that hold all of `tokens`.
    public func contexts(of tokens: Range<Int>) -> Set<AssertionContext> {
        func holds(_ scope: Range<Int>) -> Bool {
            scope.lowerBound <= tokens.lowerBound && tokens.upperBound <= scope.upperBound
        }
        var contexts = Set(scopes.lazy.filter { holds($0.tokens) }.map(\.context))
        for section in sections where holds(section.tokens) { contexts.insert(section.context) }
        return contexts
    }
}
