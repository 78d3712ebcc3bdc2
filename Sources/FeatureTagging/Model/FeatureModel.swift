import ClinicalText
import SequenceInference

/// What a feature-based tagger has learned: a weight for each pair of a feature and a tag that matters, and one for each
/// pair of neighboring tags.
///
/// Source: J. Lafferty, A. McCallum, F. Pereira, "Conditional random fields", ICML 2001.
public struct FeatureModel: Sendable {
    /// The tags.
    public let scheme: TagScheme
    /// How words become features.
    public let templates: FeatureTemplates
    /// The transitions, with the scheme's rules as constraints.
    public let chain: LinearChainCRF
    let table: AttributeTable
    /// Where each feature's weights begin, and where the last one's end.
    let rows: [UInt32]
    /// The tag of each weight.
    let tags: [UInt16]
    let weights: [Float]
    private let extractor: FeatureExtractor

    init(
        scheme: TagScheme, templates: FeatureTemplates, chain: LinearChainCRF, table: AttributeTable, rows: [UInt32],
        tags: [UInt16], weights: [Float]
    ) {
        self.scheme = scheme
        self.templates = templates
        self.chain = chain
        self.table = table
        self.rows = rows
        self.tags = tags
        self.weights = weights
        extractor = FeatureExtractor(templates)
    }

    /// The number of features with a weight.
    public var featureCount: Int { table.count }

    /// The number of weights of features, those of 0 not counted.
    public var weightCount: Int { weights.count }

    /// The scores of each tag at each word of a sentence, L × K, as ``chain`` takes them.
    public func emissions(of sentence: FeatureSentence) -> [Float] {
        let count = scheme.count
        var sums = [Double](repeating: 0, count: sentence.words.count * count)
        // Names of their own, so that no call copies the model.
        let (table, rows, tags, weights) = (table, rows, tags, weights)
        extractor.extract(sentence) { word, feature in
            guard let number = table.number(of: feature) else { return }
            for place in Int(rows[Int(number)])..<Int(rows[Int(number) + 1]) {
                sums[word * count + Int(tags[place])] += Double(weights[place])
            }
        }
        return sums.map(Float.init)
    }

    /// The most probable tags of a sentence that keep to the scheme's rules, one a word.
    public func decode(_ sentence: FeatureSentence) -> [Int] { chain.decode(emissions: emissions(of: sentence)) }

    /// The weight of a feature at a tag, 0 if it has none.
    public func weight(of feature: String, tag: Int) -> Float {
        var feature = feature
        guard let number = feature.withUTF8({ table.number(of: $0) }) else { return 0 }
        let places = Int(rows[Int(number)])..<Int(rows[Int(number) + 1])
        return places.first { Int(tags[$0]) == tag }.map { weights[$0] } ?? 0
    }
}
