import ClinicalText

/// Which parts of a document are negated by a cue.
public struct NegationScopes: Sendable {
    /// The part of a sentence that one cue negates, as token indices.
    public struct Scope: Hashable, Sendable {
        /// The cue.
        public var cue: Range<Int>
        /// What it negates; behind or before the cue.
        public var tokens: Range<Int>
        /// Whether the scope lies behind the cue.
        public var isForward: Bool
    }

    /// In the order of the cues.
    public let scopes: [Scope]

    /// Words that end a scope, because what follows them is said to be there.
    private static let terminators: Set<String> = [
        "but", "however", "although", "though", "except", "besides", "aside", "which", "who", "reports", "report",
        "endorses", "endorse", "complains", "admits", "presents", "has", "had",
    ]

    init(
        cues: [(direction: NegationCues.Direction, tokens: Range<Int>)], document: SegmentedDocument
    ) {
        guard !cues.isEmpty else {
            scopes = []
            return
        }
        let segmentation = document.segmentation
        let pseudo = cues.filter { $0.direction == .pseudo }.map(\.tokens)
        let active = cues.filter { cue in
            cue.direction != .pseudo && !pseudo.contains { $0.overlaps(cue.tokens) && $0.count >= cue.tokens.count }
        }
        func ends(_ token: Int) -> Bool {
            let text = document.document.text(of: segmentation.tokens[token].span)
            return text == ";" || text == ":" || text == "." || Self.terminators.contains(text.lowercased())
        }
        scopes = active.compactMap { cue in
            let sentence = segmentation.sentences[segmentation.sentenceIndex(ofToken: cue.tokens.lowerBound)].tokens
            if cue.direction == .forward {
                var end = cue.tokens.upperBound
                while end < sentence.upperBound, !ends(end) { end += 1 }
                return end > cue.tokens.upperBound
                    ? Scope(cue: cue.tokens, tokens: cue.tokens.upperBound..<end, isForward: true) : nil
            }
            var start = cue.tokens.lowerBound
            while start > sentence.lowerBound, !ends(start - 1) { start -= 1 }
            return start < cue.tokens.lowerBound
                ? Scope(cue: cue.tokens, tokens: start..<cue.tokens.lowerBound, isForward: false) : nil
        }
    }

    /// Whether all of `tokens` is negated by one cue.
    public func negates(_ tokens: Range<Int>) -> Bool {
        scopes.contains { $0.tokens.lowerBound <= tokens.lowerBound && tokens.upperBound <= $0.tokens.upperBound }
    }
}
