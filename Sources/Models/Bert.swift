import Torch
import TorchNN

/// The encoder of BERT on packed sequences, without the pooler.
///
/// N pieces of all sequences together, H values a piece. The parts stand in the order the data flows.
/// Source: J. Devlin and others, "BERT: pre-training of deep bidirectional transformers", NAACL 2019; parameter names
/// as in Hugging Face's `modeling_bert.py`.
public struct Bert {
    /// Its sizes.
    public let configuration: BertConfiguration
    /// How many hidden states ``states(_:_:)`` gives.
    var stateCount: Int { layers.count + 1 }
    let embeddings: BertEmbeddings
    private let layers: [BertLayer]

    /// An encoder whose parameters stand at `scope`.
    public init(_ scope: Scope, configuration: BertConfiguration) throws {
        self.configuration = configuration
        embeddings = try BertEmbeddings(scope / "embeddings", configuration)
        layers = try (0..<configuration.layerCount).map {
            try BertLayer(scope / "encoder" / "layer" / "\($0)", configuration)
        }
    }

    /// The last layer's hidden states, [N, H]; rows of padding hold nothing of use.
    public func callAsFunction(_ batch: PackedBatch, _ mode: ForwardMode) -> Tensor {
        var hidden = embeddings(batch, mode)
        forEachLayer(after: &hidden, batch, mode) { _ in }
        return hidden
    }

    /// The embeddings and every layer's hidden states, each [N, H].
    func states(_ batch: PackedBatch, _ mode: ForwardMode) -> [Tensor] {
        var hidden = embeddings(batch, mode)
        var states = [hidden]
        forEachLayer(after: &hidden, batch, mode) { states.append($0) }
        return states
    }

    private func forEachLayer(
        after hidden: inout Tensor, _ batch: PackedBatch, _ mode: ForwardMode, _ body: (Tensor) -> Void
    ) {
        let lengths = batch.lengths
        for layer in layers {
            hidden =
                mode.recomputesLayers
                ? hidden.recomputed { layer($0, lengths: lengths, mode) } : layer(hidden, lengths: lengths, mode)
            body(hidden)
        }
    }
}

struct BertEmbeddings {
    let words: Embedding
    private let positions: Embedding
    private let types: Embedding
    private let norm: LayerNorm
    private let dropout: Dropout

    init(_ scope: Scope, _ configuration: BertConfiguration) throws {
        let width = configuration.hiddenSize
        words = try Embedding(scope / "word_embeddings", count: configuration.vocabularySize, width: width)
        positions = try Embedding(scope / "position_embeddings", count: configuration.maximumPositions, width: width)
        types = try Embedding(scope / "token_type_embeddings", count: configuration.typeCount, width: width)
        norm = try LayerNorm(scope / "LayerNorm", width: width, epsilon: configuration.layerNormEpsilon)
        dropout = Dropout(scope, "dropout", probability: configuration.hiddenDropout)
    }

    func callAsFunction(_ batch: PackedBatch, _ mode: ForwardMode) -> Tensor {
        let sum = words(Tensor(batch.ids)) + positions(Tensor(batch.positions)) + types(Tensor([0]))
        return dropout(norm(sum), mode)
    }
}

struct BertLayer {
    /// Queries, keys and values.
    private let projections: StackedLinear
    private let headCount: Int
    private let attentionDropout: Dropout
    private let attentionOutput: Linear
    private let attentionOutputDropout: Dropout
    private let attentionNorm: LayerNorm
    private let intermediate: Linear
    private let output: Linear
    private let outputDropout: Dropout
    private let outputNorm: LayerNorm

    init(_ scope: Scope, _ configuration: BertConfiguration) throws {
        let width = configuration.hiddenSize
        let attention = scope / "attention"
        func linear(_ scope: Scope, _ inputs: Int, _ outputs: Int) throws -> Linear {
            try Linear(
                scope, inputs: inputs, outputs: outputs, initial: .normal(deviation: configuration.initializerRange))
        }
        func norm(_ scope: Scope) throws -> LayerNorm {
            try LayerNorm(scope / "LayerNorm", width: width, epsilon: configuration.layerNormEpsilon)
        }
        projections = StackedLinear(
            try ["query", "key", "value"].map { try linear(attention / "self" / $0, width, width) })
        headCount = configuration.headCount
        attentionDropout = Dropout(attention / "self", "dropout", probability: configuration.attentionDropout)
        attentionOutput = try linear(attention / "output" / "dense", width, width)
        attentionOutputDropout = Dropout(attention / "output", "dropout", probability: configuration.hiddenDropout)
        attentionNorm = try norm(attention / "output")
        intermediate = try linear(scope / "intermediate" / "dense", width, configuration.intermediateSize)
        output = try linear(scope / "output" / "dense", configuration.intermediateSize, width)
        outputDropout = Dropout(scope / "output", "dropout", probability: configuration.hiddenDropout)
        outputNorm = try norm(scope / "output")
    }

    func callAsFunction(_ hidden: Tensor, lengths: [Int], _ mode: ForwardMode) -> Tensor {
        let context = projections(hidden).attention(
            lengths: lengths, heads: headCount, dropout: attentionDropout.mask(mode))
        let attended = attentionNorm(
            attentionOutput.narrow(context), dropout: attentionOutputDropout.mask(mode), residual: hidden)
        return outputNorm(
            output.narrow(intermediate.gelu(attended)), dropout: outputDropout.mask(mode),
            residual: attended)
    }
}
