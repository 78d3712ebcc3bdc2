import ClinicalText
import Essentials
import SequenceInference
import Torch
import TorchNN

/// A neural tagger's network: vectors of words, a bidirectional LSTM, a linear map to tags, and a linear-chain CRF over
/// the words; an architecture may leave parts out.
///
/// W words of all sequences together, K tags of all chains together. The chains are no part of the tape: their exact
/// gradient by the emissions starts the backward pass. What a chain knows of a document's ends counts only in windows
/// that touch them.
public final class TaggerNetwork {
    /// The entity types, in the order of their tags.
    public let types: [String]
    /// What it is made of.
    public let architecture: TaggerArchitecture
    /// The sizes of its encoder.
    public let configuration: BertConfiguration
    /// The chains of tags, one after the other in the columns of the emissions.
    public let chains: [TagChain]
    /// All parameters: below `bert.`, `layers.`, `characters.`, `lstm.`, `classifier.` and `crf.`.
    public let parameters: Parameters
    private let wordEncoder: WordEncoder
    private let inputDropout: Dropout
    private let lstm: BidirectionalLSTM?
    private let outputDropout: Dropout
    private let classifier: Linear

    /// Whether a parameter belongs to the encoder; encoder and head are trained at different rates.
    public static func isEncoderParameter(_ name: String) -> Bool { name.hasPrefix("bert.") }

    /// A new network, all weights made from the seed.
    public convenience init(
        configuration: BertConfiguration, types: [String], architecture: TaggerArchitecture, seed: UInt64
    ) throws {
        let root = Scope(parameters: Parameters(), generator: SeededGenerator(seed: seed))
        let words = try WordEncoder(
            root, encoderScope: root / "bert", configuration: configuration, architecture: architecture)
        try self.init(root, words: words, configuration: configuration, types: types, architecture: architecture)
    }

    /// A new linear head on an encoder in training, which it shares; only the head is among the parameters.
    public convenience init(probing encoder: BertForMaskedLM, types: [String], seed: UInt64) throws {
        let root = Scope(parameters: Parameters(), generator: SeededGenerator(seed: seed))
        let architecture = TaggerArchitecture(lstmUnits: 0, dropout: 0, decoder: .softmax)
        try self.init(
            root, words: WordEncoder(root, bert: encoder.bert, architecture: architecture),
            configuration: encoder.configuration, types: types, architecture: architecture)
    }

    /// A new head, made from the seed, on the encoder of a model folder.
    ///
    /// - Throws: ``FileError``, ``ModelError`` or ``CheckpointError``.
    public convenience init(
        encoderFolder path: String, types: [String], architecture: TaggerArchitecture, seed: UInt64
    ) throws {
        let folder = EncoderFolder(path: path)
        let configuration = try folder.configuration()
        let file = try folder.weights()
        try folder.checkVocabulary(against: configuration, of: file)
        let root = Scope(parameters: Parameters(), generator: SeededGenerator(seed: seed))
        let words = try WordEncoder(
            root, encoderScope: EncoderFolder.encoderScope(root, file: file), configuration: configuration,
            architecture: architecture)
        try self.init(root, words: words, configuration: configuration, types: types, architecture: architecture)
        if architecture.encoder == .bert {
            try folder.checkNothingLeft(in: file, leavingOut: ["cls."] + EncoderFolder.headsOfTasks)
        }
    }

    /// Loads the network of a tagger folder.
    ///
    /// - Throws: ``FileError``, ``ModelError`` or ``CheckpointError``.
    public convenience init(taggerFolder path: String) throws {
        let folder = EncoderFolder(path: path)
        let settings = try TaggerSettings(contentsOf: "\(path)/\(TaggerSettings.fileName)")
        let configuration = try folder.configuration()
        let file = try folder.weights()
        try folder.checkVocabulary(against: configuration, of: file)
        let root = Scope(parameters: Parameters(), generator: SeededGenerator(seed: 0)).loading(from: file, at: "")
        let words = try WordEncoder(
            root, encoderScope: root / "bert", configuration: configuration, architecture: settings.architecture)
        try self.init(
            root, words: words, configuration: configuration, types: settings.entityTypes,
            architecture: settings.architecture)
        try folder.checkNothingLeft(in: file)
    }

    private init(
        _ root: Scope, words: WordEncoder, configuration: BertConfiguration, types: [String],
        architecture: TaggerArchitecture
    ) throws {
        parameters = root.parameters
        self.types = types
        self.architecture = architecture
        self.configuration = configuration
        wordEncoder = words
        var width = words.width
        inputDropout = Dropout(root, "words.dropout", probability: architecture.dropout)
        if architecture.lstmUnits > 0 {
            lstm = try BidirectionalLSTM(root / "lstm", inputs: width, units: architecture.lstmUnits)
            width = 2 * architecture.lstmUnits
        } else {
            lstm = nil
        }
        outputDropout = Dropout(root, "lstm.dropout", probability: architecture.dropout)
        let schemes = TagChain.schemes(of: types, architecture.chains)
        classifier = try Linear(
            root / "classifier", inputs: width, outputs: schemes.reduce(0) { $0 + $1.count })
        chains = try TagChain.chains(of: schemes, architecture, root / "crf")
    }

    /// The encoder's vectors of the words, without dropout between it and them; [W, word width].
    public func words(_ batch: PackedBatch, _ mode: ForwardMode) -> Tensor { wordEncoder(batch, mode) }

    /// The tags' scores for vectors of the width that the linear map takes, without dropout; [W, K].
    public func classify(_ words: Tensor) -> Tensor { classifier(words) }

    /// The tags' scores for each word before the chains, [W, K].
    public func emissions(_ batch: PackedBatch, _ mode: ForwardMode) -> Tensor {
        var words = words(batch, mode)
        if let lstm { words = lstm(inputDropout(words, mode), lengths: batch.wordCounts) }
        return classifier(outputDropout(words, mode))
    }
}
