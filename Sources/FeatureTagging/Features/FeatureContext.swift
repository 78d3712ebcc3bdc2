import ClinicalText

/// What a feature-based tagger is told about documents besides their words; the same in training and in tagging.
public struct FeatureContext: Sendable {
    /// Mentions of lexicons.
    public var lexicon: (any MentionSource)?
    /// The part of speech of each token of a document.
    public var partsOfSpeech: (@Sendable (SegmentedDocument) -> [String])?

    /// Nothing besides the words, unless told.
    public init(
        lexicon: (any MentionSource)? = nil, partsOfSpeech: (@Sendable (SegmentedDocument) -> [String])? = nil
    ) {
        self.lexicon = lexicon
        self.partsOfSpeech = partsOfSpeech
    }

    /// The sentences of a document with what is known about their words.
    public func sentences(of document: SegmentedDocument) -> [FeatureSentence] {
        FeatureSentence.sentences(
            of: document, lexiconTags: lexicon?.tags(of: document) ?? [],
            partsOfSpeech: partsOfSpeech?(document) ?? [])
    }
}
