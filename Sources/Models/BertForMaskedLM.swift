import Essentials
import Foundation
import Torch
import TorchNN

/// BERT with the head that predicts masked pieces; the decoder's weights are the word embeddings.
public final class BertForMaskedLM {
    /// All parameters: the encoder's below `bert.`, the head's below `cls.predictions.`.
    public let parameters = Parameters()
    /// The encoder, which a probe shares.
    let bert: Bert
    private let dense: Linear
    private let norm: LayerNorm
    private let decoder: Linear

    /// The sizes of its encoder.
    public var configuration: BertConfiguration { bert.configuration }

    /// Whether the head was made anew because the folder had none; it then has to be trained before it says anything.
    public var headIsNew: Bool { parameters.created.contains { $0.hasPrefix(Self.headPrefix) } }

    private static let headPrefix = "cls."

    /// The parameters of the head alone, for warming it up with the encoder frozen.
    public static func isHeadParameter(_ name: String) -> Bool { name.hasPrefix(headPrefix) }

    /// A new model, all weights made from the seed.
    public convenience init(configuration: BertConfiguration, seed: UInt64) throws {
        try self.init(configuration: configuration, seed: seed, file: nil)
    }

    /// Loads the encoder of a model folder, and its head if it has one.
    ///
    /// - Parameter seed: of a head that is made anew.
    /// - Throws: ``FileError``, ``ModelError`` or ``CheckpointError``.
    public convenience init(folder: String, seed: UInt64) throws {
        let folder = EncoderFolder(path: folder)
        let configuration = try folder.configuration()
        let file = try folder.weights()
        try folder.checkVocabulary(against: configuration, of: file)
        try self.init(configuration: configuration, seed: seed, file: file)
        try folder.checkNothingLeft(in: file, leavingOut: EncoderFolder.headsOfTasks)
    }

    private init(configuration: BertConfiguration, seed: UInt64, file: (any TensorFile)?) throws {
        let root = Scope(parameters: parameters, generator: SeededGenerator(seed: seed))
        bert = try Bert(EncoderFolder.encoderScope(root, file: file), configuration: configuration)
        let width = configuration.hiddenSize
        var head = root / "cls" / "predictions"
        if let file { head = head.loading(from: file, at: "cls.predictions") }
        dense = try Linear(
            head / "transform" / "dense", inputs: width, outputs: width,
            initial: .normal(deviation: configuration.initializerRange), absence: .createsAnew)
        norm = try LayerNorm(
            head / "transform" / "LayerNorm", width: width, epsilon: configuration.layerNormEpsilon,
            absence: .createsAnew)
        decoder = Linear(
            weight: bert.embeddings.words.weight,
            bias: try head.parameter(
                "bias", shape: [configuration.vocabularySize], initial: .constant(0), absence: .createsAnew))
    }

    /// The scores of all pieces at M rows of the packed batch; [M, vocabulary].
    public func logits(_ batch: PackedBatch, rows: [Int], _ mode: ForwardMode) -> Tensor {
        let hidden = bert(batch, mode).rows(at: Tensor(rows.map(Int64.init)))
        return decoder(norm(dense.gelu(hidden)))
    }

    /// The mean negative log likelihood of the original pieces at M rows of the packed batch; a scalar on the tape.
    public func loss(_ batch: PackedBatch, rows: [Int], targets: [Int32], _ mode: ForwardMode) -> Tensor {
        logits(batch, rows: rows, mode).crossEntropy(targets: Tensor(targets.map(Int64.init)))
    }

    /// The total negative log likelihood at M rows, in evaluation mode and off the tape; perplexity is exp(total / M).
    public func totalLoss(_ batch: PackedBatch, rows: [Int], targets: [Int32]) -> Double {
        if rows.isEmpty { return 0 }
        return withoutGradients {
            Double(
                logits(batch, rows: rows, .evaluation).totalCrossEntropy(targets: Tensor(targets.map(Int64.init))).item)
        }
    }

    /// Writes the model as a folder in Hugging Face's layout (`BertForMaskedLM`), with the tokenizer's files copied
    /// from `source`.
    ///
    /// - Throws: ``FileError`` when the disk is full; a folder that stood there before is then unchanged.
    public func save(to path: String, tokenizerFrom source: String) throws {
        try AtomicFile.replaceFolder(path) { folder in
            try SafetensorsWriter.write(parameters.all, to: "\(folder)/model.safetensors")
            try AtomicFile.write(
                configuration.encoded(architecture: "BertForMaskedLM"), to: "\(folder)/config.json")
            try EncoderFolder(path: source).copyTokenizer(to: folder)
        }
    }
}
