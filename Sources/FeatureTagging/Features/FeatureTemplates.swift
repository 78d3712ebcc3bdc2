/// Which properties of a word and its neighbors a feature-based tagger looks at.
public struct FeatureTemplates: Hashable, Sendable, Codable {
    /// The word as written.
    public var word = true
    /// The word in lower case.
    public var lowercasedWord = true
    /// The longest beginning of the word that counts, in code points; each shorter one counts too, 0 for none.
    public var prefixLength = 4
    /// The longest ending of the word that counts, in code points; each shorter one counts too, 0 for none.
    public var suffixLength = 4
    /// Each code point's class: `Xxxxx-d` for `Crohn-1`.
    public var shape = true
    /// The same with runs as one: `Xx-d`.
    public var collapsedShape = true
    /// Digits, capitals and punctuation marks: what of each the word holds.
    public var marks = true
    /// How many words to each side count with their lower-case form, 0 for none.
    public var window = 2
    /// Whether the words of the window count with their collapsed shape, too.
    public var windowShapes = true
    /// The word together with the one before and with the one behind.
    public var bigrams = true
    /// Where the word lies in the longest mention of a lexicon that covers it, and that mention's type, for the word and
    /// its two neighbors; needs a ``MentionSource``.
    public var lexicon = true
    /// The part of speech of the word and its two neighbors, if the caller has them.
    public var partsOfSpeech = true
    /// Whether the word begins or ends its sentence.
    public var sentenceEnds = true

    /// All of them, as above.
    public init() {}

    /// What is wrong with the settings; nothing if they can be used.
    var fault: String? {
        for (name, value) in [("prefixLength", prefixLength), ("suffixLength", suffixLength), ("window", window)]
        where !(0...20).contains(value) {
            return "\(name) is \(value); supported: 0 to 20"
        }
        return nil
    }
}
