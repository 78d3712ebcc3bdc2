import ClinicalText

/// Labeled sentences as a feature-based tagger learns from them: each feature a number, each tag a number.
public struct FeatureCorpus: Sendable {
    /// How the sentences were read.
    public let templates: FeatureTemplates
    /// The tags.
    public let scheme: TagScheme
    private let extractor: FeatureExtractor
    private(set) var table = AttributeTable()
    /// The features' numbers, token by token.
    private(set) var occurrences: [UInt32] = []
    /// Where each token's features end in `occurrences`.
    private(set) var tokenEnds: [Int] = []
    /// Where each sentence ends among the tokens.
    private(set) var sentenceEnds: [Int] = []
    /// One a token.
    private(set) var tags: [Int32] = []

    /// An empty corpus.
    public init(templates: FeatureTemplates, scheme: TagScheme) {
        self.templates = templates
        self.scheme = scheme
        extractor = FeatureExtractor(templates)
    }

    /// The number of sentences.
    public var sentenceCount: Int { sentenceEnds.count }

    /// The number of words.
    public var tokenCount: Int { tags.count }

    /// The number of different features.
    public var featureCount: Int { table.count }

    /// Adds a sentence with a tag for each of its words; one without words changes nothing.
    public mutating func add(_ sentence: FeatureSentence, tags: some Collection<Int>) {
        precondition(tags.count == sentence.words.count, "one tag a word")
        precondition(tags.allSatisfy { (0..<scheme.count).contains($0) }, "tags of the scheme")
        guard !sentence.words.isEmpty else { return }
        let first = tokenEnds.count
        // The last feature of a token leaves its end behind; a token without any ends where the one before does.
        tokenEnds.append(contentsOf: repeatElement(-1, count: sentence.words.count))
        extractor.extract(sentence) { word, feature in
            occurrences.append(table.intern(feature))
            tokenEnds[first + word] = occurrences.count
        }
        for token in first..<tokenEnds.count where tokenEnds[token] < 0 {
            tokenEnds[token] = token == 0 ? 0 : tokenEnds[token - 1]
        }
        sentenceEnds.append(tokenEnds.count)
        self.tags.append(contentsOf: tags.lazy.map(Int32.init))
    }

    /// Adds the sentences of a document with its entities as tags, and tells what of the entities tags cannot hold.
    public mutating func add(_ document: SegmentedDocument, _ context: FeatureContext) -> TagAlignment {
        let (tags, alignment) = scheme.tags(of: document)
        for (sentence, features) in zip(document.segmentation.sentences, context.sentences(of: document)) {
            add(
                features,
                tags: tags[sentence.tokens].enumerated().map { offset, tag in
                    // An entity that goes on over the end of a sentence begins again there.
                    offset == 0 && scheme.isInside(tag) ? tag - 1 : tag
                })
        }
        return alignment
    }

    /// The corpus with the features alone that occur at least `minimum` times, numbered anew in the same order.
    func keepingFrequent(_ minimum: Int) -> FeatureCorpus {
        guard minimum > 1 else { return self }
        var counts = [Int](repeating: 0, count: table.count)
        for feature in occurrences { counts[Int(feature)] += 1 }
        var kept = self
        kept.table = AttributeTable()
        var numbers = [UInt32?](repeating: nil, count: table.count)
        for (number, count) in counts.enumerated() where count >= minimum {
            numbers[number] = table.feature(number).withUnsafeBufferPointer { kept.table.intern($0) }
        }
        kept.occurrences.removeAll(keepingCapacity: true)
        var start = 0
        for (token, end) in tokenEnds.enumerated() {
            kept.occurrences.append(contentsOf: occurrences[start..<end].lazy.compactMap { numbers[Int($0)] })
            kept.tokenEnds[token] = kept.occurrences.count
            start = end
        }
        return kept
    }
}
