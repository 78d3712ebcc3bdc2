import Models
import Torch

/// Fine-tuning of BERT-BiLSTM-CRF.
public struct TrainConfiguration: ConfigurationSection {
    /// What is trained on, one stage after the other; each starts from the best model of the one before.
    public var stages: [TrainStage] = [.silver, .gold]
    /// The width of the BiLSTM, a direction; 0 leaves it out.
    public var lstmSize = 200
    /// Dropout before and after the BiLSTM.
    public var dropout = 0.2
    /// How the words' scores become tags: a CRF, or each word alone by softmax.
    public var decoder = BertBiLSTMCRF.Decoder.crf
    /// The precision of the encoder's products; weights and optimizer stay float32.
    public var precision = Precision.float32
    /// AdamW's decoupled weight decay (not on biases and layer norms).
    public var weightDecay = 0.01
    /// How many batches' gradients a step takes the mean of.
    public var batchesPerStep = 1
    /// Whether the encoder's layers are computed again in the backward pass: less memory, more time.
    public var recomputesLayers = false
    /// The share of a stage's steps over which the learning rate rises.
    public var warmup = 0.1
    /// The largest norm of the gradient.
    public var maxGradientNorm = 1.0
    /// The longest time between two checkpoints, in seconds.
    public var checkpointSeconds = 120.0

    /// The default settings.
    public init() {}

    /// The first value out of its range.
    public var wrongValue: WrongValue? {
        WrongValue.first(
            ("stages", !stages.isEmpty, "a list of one stage or more"), ("lstmSize", lstmSize >= 0, "0 or more"),
            ("dropout", (0..<1).contains(dropout), "at least 0 and less than 1"),
            ("weightDecay", weightDecay >= 0, "0 or more"), ("batchesPerStep", batchesPerStep >= 1, "1 or more"),
            ("warmup", (0...1).contains(warmup), "between 0 and 1"),
            ("maxGradientNorm", maxGradientNorm > 0, "more than 0"),
            ("checkpointSeconds", checkpointSeconds >= 0, "0 or more"))
            ?? stages.enumerated().lazy.compactMap { $1.wrongValue?.below("stages.\($0)") }.first
    }
}

/// One stage of fine-tuning.
public struct TrainStage: ConfigurationSection {
    /// The labels to train on.
    public var data = TrainData.gold
    /// The most times every window is seen.
    public var epochs = 20
    /// The peak learning rate of the encoder.
    public var learningRate = 5e-5
    /// The peak learning rate of everything above the encoder.
    public var headLearningRate = 2e-3
    /// The most pieces in a batch.
    public var batchPieces = 1024
    /// Epochs without a better dev F1 after which the stage ends; 0 never ends it early.
    public var patience = 0

    /// A gold stage with default settings.
    public init() {}

    /// The first value out of its range.
    public var wrongValue: WrongValue? {
        WrongValue.first(
            ("epochs", epochs >= 0, "0 or more"), ("learningRate", learningRate > 0, "more than 0"),
            ("headLearningRate", headLearningRate > 0, "more than 0"),
            ("batchPieces", batchPieces >= 3, "3 or more"), ("patience", patience >= 0, "0 or more"))
    }

    /// The default gold stage.
    public static let gold = TrainStage()

    /// The default silver stage, shorter: silver labels have their own mistakes to learn.
    public static let silver: TrainStage = {
        var stage = TrainStage()
        stage.data = .silver
        stage.epochs = 6
        return stage
    }()
}

/// Which labels a stage trains on.
public enum TrainData: String, Codable, CaseIterable, Sendable {
    /// What the label step wrote.
    case silver
    /// The annotation of the train notes.
    case gold
}
