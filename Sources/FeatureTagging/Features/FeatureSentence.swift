import ClinicalText

/// The words of a sentence and what is known about each from elsewhere.
public struct FeatureSentence: Sendable {
    /// The words, in their order.
    public var words: [Substring]
    /// For each word its place in a lexicon's mention, such as `B-Disease`, or nothing said; empty without a lexicon.
    public var lexiconTags: [String]
    /// For each word its part of speech; empty if nobody knows.
    public var partsOfSpeech: [String]

    /// Makes a sentence.
    public init(words: [Substring], lexiconTags: [String] = [], partsOfSpeech: [String] = []) {
        precondition(lexiconTags.isEmpty || lexiconTags.count == words.count, "one lexicon tag a word")
        precondition(partsOfSpeech.isEmpty || partsOfSpeech.count == words.count, "one part of speech a word")
        self.words = words
        self.lexiconTags = lexiconTags
        self.partsOfSpeech = partsOfSpeech
    }

    /// The sentences of a document; `lexiconTags` and `partsOfSpeech` have one entry a token, or none at all.
    static func sentences(
        of segmented: SegmentedDocument, lexiconTags: [String], partsOfSpeech: [String]
    ) -> [FeatureSentence] {
        let segmentation = segmented.segmentation
        return segmentation.sentences.map { sentence in
            FeatureSentence(
                words: segmentation.tokens[sentence.tokens].map { segmented.document.text(of: $0.span) },
                lexiconTags: lexiconTags.isEmpty ? [] : Array(lexiconTags[sentence.tokens]),
                partsOfSpeech: partsOfSpeech.isEmpty ? [] : Array(partsOfSpeech[sentence.tokens]))
        }
    }
}
