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
    /// What is negated.
    public let negation: NegationScopes
    /// What lexicons and rules voted, for the functions that build on them; empty while these vote.
    public private(set) var sourceVotes: [Vote] = []
    /// For each token whether one of ``sourceVotes`` covers it.
    public private(set) var isVotedFor: [Bool]

    init(
        document: SegmentedDocument, words: FoldedWords, headings: [Range<Int>], lexiconMatches: [[LexiconMatch]],
        ruleMatches: [[RuleMatch]], modifierMatches: [[LexiconMatch]], negation: NegationScopes
    ) {
        self.document = document
        self.words = words
        self.headings = headings
        self.lexiconMatches = lexiconMatches
        self.ruleMatches = ruleMatches
        self.modifierMatches = modifierMatches
        self.negation = negation
        isVotedFor = [Bool](repeating: false, count: document.segmentation.tokens.count)
    }

    /// Adds what the sources voted.
    mutating func add(sourceVotes votes: [Vote]) {
        sourceVotes += votes
        for vote in votes {
            for token in vote.tokens { isVotedFor[token] = true }
        }
    }

    /// The original text of a token.
    public func text(ofToken index: Int) -> Substring {
        document.document.text(of: document.segmentation.tokens[index].span)
    }
}
