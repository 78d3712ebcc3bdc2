import ClinicalText
import Lexicons

/// A document as labeling functions see it: its segmentation, and what the shared sources found in it.
public struct LabelingContext: Sendable {
    /// The document and how it divides.
    public let document: SegmentedDocument
    /// Its folded words.
    public let words: FoldedWords
    /// The tokens of the headings of known sections; no match touches them.
    public let headings: [Range<Int>]
    /// For each lexicon its terms in the document, in the order of the text.
    public let lexiconMatches: [[LexiconMatch]]
    /// For each rule its matches in the document, in the order of the text.
    public let ruleMatches: [[RuleMatch]]
    /// For each table of modifiers those in the document, in the order of the text.
    public let modifierMatches: [[LexiconMatch]]
    /// The neighbor cues in the document, in the order of the text.
    public let neighborMatches: [LexiconMatch]
    /// What is negated, possible, hypothetical, past or somebody else's.
    public let contexts: ContextScopes
    /// The ambiguous abbreviations that the document does not explain.
    public let abbreviations: [AbbreviationUse]
    /// What the functions of earlier layers voted, for those that build on them; empty while lexicons and rules vote.
    public private(set) var votes: [Vote] = []
    /// For each token whether one of ``votes`` says what it is.
    public private(set) var isVotedFor: [Bool]

    init(
        document: SegmentedDocument, words: FoldedWords, headings: [Range<Int>], lexiconMatches: [[LexiconMatch]],
        ruleMatches: [[RuleMatch]], modifierMatches: [[LexiconMatch]], neighborMatches: [LexiconMatch],
        contexts: ContextScopes, abbreviations: [AbbreviationUse]
    ) {
        self.document = document
        self.words = words
        self.headings = headings
        self.lexiconMatches = lexiconMatches
        self.ruleMatches = ruleMatches
        self.modifierMatches = modifierMatches
        self.neighborMatches = neighborMatches
        self.contexts = contexts
        self.abbreviations = abbreviations
        isVotedFor = [Bool](repeating: false, count: document.segmentation.tokens.count)
    }

    /// Adds what a layer of functions voted.
    mutating func add(_ votes: [Vote]) {
        self.votes += votes
        for vote in votes {
            if case .against = vote.claim { continue }
            for token in vote.tokens { isVotedFor[token] = true }
        }
    }

    /// The original text of a token.
    public func text(ofToken index: Int) -> Substring {
        document.document.text(of: document.segmentation.tokens[index].span)
    }
}
