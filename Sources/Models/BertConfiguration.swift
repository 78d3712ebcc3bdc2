import Foundation

/// The sizes and settings of a BERT, from its `config.json`.
public struct BertConfiguration: Hashable, Sendable {
    /// The number of pieces in the vocabulary.
    public var vocabularySize: Int
    /// The width of a piece's vector, H.
    public var hiddenSize: Int
    /// The number of encoder layers.
    public var layerCount: Int
    /// The number of attention heads a layer.
    public var headCount: Int
    /// The width inside a layer's feed-forward part.
    public var intermediateSize: Int
    /// The longest sequence, in pieces, with [CLS] and [SEP].
    public var maximumPositions: Int
    /// The number of segment types; only the first is used.
    public var typeCount: Int
    /// What layer norms add to the variance.
    public var layerNormEpsilon: Double
    /// The deviation of new weights.
    public var initializerRange: Double
    /// The dropout of hidden states while training.
    public var hiddenDropout: Double
    /// The dropout of attention probabilities while training.
    public var attentionDropout: Double
    /// The whole file, so that saving keeps what is not interpreted here.
    private var source = Data("{}".utf8)

    /// Makes a configuration from sizes; the rest has the values of the published models.
    public init(
        vocabularySize: Int, hiddenSize: Int, layerCount: Int, headCount: Int, intermediateSize: Int,
        maximumPositions: Int = 512, hiddenDropout: Double = 0.1, attentionDropout: Double = 0.1
    ) {
        precondition(hiddenSize % headCount == 0, "\(headCount) heads cannot share \(hiddenSize) values")
        self.vocabularySize = vocabularySize
        self.hiddenSize = hiddenSize
        self.layerCount = layerCount
        self.headCount = headCount
        self.intermediateSize = intermediateSize
        self.maximumPositions = maximumPositions
        typeCount = 2
        layerNormEpsilon = 1e-12
        initializerRange = 0.02
        self.hiddenDropout = hiddenDropout
        self.attentionDropout = attentionDropout
    }

    /// Reads the `config.json` at `path`.
    ///
    /// - Throws: ``FileError`` or ``ModelError`` naming the key.
    public init(contentsOf path: String) throws {
        let file = try ConfigurationFile(path: path)
        // Configurations older than the key are BERT's; another model's tensors would be missed by name.
        try file.require("model_type", oneOf: ["bert"], standard: "bert")
        try file.require("hidden_act", oneOf: ["gelu"], standard: "gelu")
        try file.require("position_embedding_type", oneOf: ["absolute"], standard: "absolute")
        vocabularySize = try file.integer("vocab_size")
        hiddenSize = try file.integer("hidden_size")
        layerCount = try file.integer("num_hidden_layers")
        headCount = try file.integer("num_attention_heads")
        intermediateSize = try file.integer("intermediate_size")
        maximumPositions = try file.integer("max_position_embeddings", atLeast: 3)
        typeCount = try file.integer("type_vocab_size", standard: 2)
        layerNormEpsilon = try file.number("layer_norm_eps", in: 0..<1, standard: 1e-12)
        initializerRange = try file.number("initializer_range", in: 0..<1, standard: 0.02)
        hiddenDropout = try file.number("hidden_dropout_prob", in: 0..<1, standard: 0.1)
        attentionDropout = try file.number("attention_probs_dropout_prob", in: 0..<1, standard: 0.1)
        guard hiddenSize % headCount == 0 else {
            throw ModelError.unsupportedValue(
                path: path, key: "num_attention_heads", found: "\(headCount)",
                supported: "divisors of hidden_size, \(hiddenSize)")
        }
        source = try ConfigurationFile.encoded(file.values)
    }

    /// The bytes of a `config.json` for `architecture`: what was read, with the values of today.
    ///
    /// - Parameter additions: further keys, such as the names of the tags.
    func encoded(architecture: String, additions: [String: Any] = [:]) throws -> Data {
        var values = try JSONSerialization.jsonObject(with: source) as? [String: Any] ?? [:]
        values["architectures"] = [architecture]
        values["model_type"] = "bert"
        values["hidden_act"] = "gelu"
        values["position_embedding_type"] = "absolute"
        values["vocab_size"] = vocabularySize
        values["hidden_size"] = hiddenSize
        values["num_hidden_layers"] = layerCount
        values["num_attention_heads"] = headCount
        values["intermediate_size"] = intermediateSize
        values["max_position_embeddings"] = maximumPositions
        values["type_vocab_size"] = typeCount
        values["layer_norm_eps"] = layerNormEpsilon
        values["initializer_range"] = initializerRange
        values["hidden_dropout_prob"] = hiddenDropout
        values["attention_probs_dropout_prob"] = attentionDropout
        return try ConfigurationFile.encoded(values.merging(additions) { $1 })
    }
}
