import Models
import Torch

/// Fine-tuning of a tagger.
public struct TrainConfiguration: ConfigurationSection {
    /// Which member of the family of taggers.
    public var model = TaggerModel.bertBiLSTMCRF
    /// What is trained on, one stage after the other; each starts from the best model of the one before.
    public var stages: [TrainStage] = [.silver, .gold]
    /// How many sentences of the gold train notes are learned from, drawn at random; 0 for all.
    public var goldSentences = 0
    /// Which of the encoder's layers are read: the last, or a learned mix of all.
    public var layers = TaggerArchitecture.Layers.last
    /// How the vectors of a word's pieces become the word's: the first, or the mean.
    public var pooling = TaggerArchitecture.Pooling.first
    /// The width of the LSTM over the characters of each word, a direction; 0 leaves the characters out.
    public var characterSize = 0
    /// Whether the lexicons of `label.lexicons` stand beside the words' vectors as features.
    public var lexiconFeatures = false
    /// One chain of tags for all types, or one a type, so that entities of different types may overlap.
    public var chains = TaggerArchitecture.Chains.one
    /// The width of the BiLSTM over the words, a direction, where the model has one.
    public var lstmSize = 200
    /// Dropout before and after the BiLSTM.
    public var dropout = 0.2
    /// The training of `feature-crf`.
    public var featureCRF = FeatureCRFConfiguration()
    /// The precision of the encoder's products; weights and optimizer stay float32.
    public var precision = Precision.float32
    /// AdamW's decoupled weight decay (not on biases and layer norms).
    public var weightDecay = 0.01
    /// How many batches' gradients a step takes the mean of.
    public var batchesPerStep = 1
    /// Whether the encoder's layers are computed again in the backward pass: less memory, more time.
    public var recomputesLayers = false
    /// The decay of the moving average of the weights, by which the tagger is judged and kept; 0 for the weights
    /// themselves.
    public var averageDecay = 0.0
    /// The share of a stage's steps over which the learning rate rises.
    public var warmup = 0.1
    /// The largest norm of the gradient.
    public var maxGradientNorm = 1.0
    /// The longest time between two checkpoints, in seconds.
    public var checkpointSeconds = 120.0

    /// The default settings.
    public init() {}

    /// Whether a stage learns from what the label step says of each token.
    var needsSilverTokens: Bool {
        stages.contains { ($0.data == .silver || $0.data == .mixed) && $0.readsTokens }
    }

    /// The first value out of its range.
    public var wrongValue: WrongValue? {
        WrongValue.first(
            ("stages", !stages.isEmpty, "a list of one stage or more"),
            ("stages.0.data", stages.first?.data != .teacher, "silver, gold or mixed: a teacher has to learn first"),
            ("goldSentences", goldSentences >= 0, "0 or more"), ("lstmSize", lstmSize >= 1, "1 or more"),
            ("characterSize", characterSize >= 0, "0 or more"),
            ("dropout", (0..<1).contains(dropout), "at least 0 and less than 1"),
            ("weightDecay", weightDecay >= 0, "0 or more"), ("batchesPerStep", batchesPerStep >= 1, "1 or more"),
            ("averageDecay", (0..<1).contains(averageDecay), "at least 0 and less than 1"),
            ("warmup", (0...1).contains(warmup), "between 0 and 1"),
            ("maxGradientNorm", maxGradientNorm > 0, "more than 0"),
            ("checkpointSeconds", checkpointSeconds >= 0, "0 or more"))
            ?? featureCRF.wrongValue?.below("featureCRF")
            ?? stages.enumerated().lazy.compactMap { $1.wrongValue?.below("stages.\($0)") }.first
    }
}

/// One stage of fine-tuning.
public struct TrainStage: ConfigurationSection {
    /// The labels to train on.
    public var data = TrainData.gold
    /// What silver windows should be tagged as.
    public var targets = TrainTargets.hard
    /// How much a silver window counts beside a gold one.
    public var silverWeight = 1.0
    /// Whether silver windows count by how sure the label model is of their words.
    public var weightsByConfidence = false
    /// Of `partial` targets: a word may have every label that is at least as probable.
    public var leastProbability = 0.2
    /// Of `partial` targets: whether words that no labeling function spoke of are outside, or may be anything.
    public var unknownIsOutside = true
    /// Of `teacher`: of entities that it is less sure of, the words may be anything.
    public var minimumConfidence = 0.8
    /// The most times every window is seen.
    public var epochs = 20
    /// The peak learning rate of the encoder.
    public var learningRate = 5e-5
    /// The peak learning rate of everything above the encoder.
    public var headLearningRate = 2e-3
    /// What the encoder's learning rate is multiplied by with each layer from the last one down to the embeddings.
    public var layerDecay = 1.0
    /// For so many epochs the encoder stays as it is; `epochs` of them freeze it.
    public var frozenEpochs = 0
    /// The most pieces in a batch.
    public var batchPieces = 1024
    /// Epochs without a better dev F1 after which the stage ends; 0 never ends it early.
    public var patience = 0

    /// A gold stage with default settings.
    public init() {}

    /// The first value out of its range.
    public var wrongValue: WrongValue? {
        WrongValue.first(
            ("silverWeight", silverWeight >= 0, "0 or more"),
            ("leastProbability", (0...1).contains(leastProbability), "between 0 and 1"),
            ("minimumConfidence", (0...1).contains(minimumConfidence), "between 0 and 1"),
            ("epochs", epochs >= 0, "0 or more"), ("learningRate", learningRate > 0, "more than 0"),
            ("headLearningRate", headLearningRate > 0, "more than 0"),
            ("layerDecay", layerDecay > 0 && layerDecay <= 1, "more than 0 and at most 1"),
            ("frozenEpochs", frozenEpochs >= 0, "0 or more"),
            ("batchPieces", batchPieces >= 3, "3 or more"), ("patience", patience >= 0, "0 or more"))
    }

    /// Whether the silver entities alone do not tell what to learn.
    var readsTokens: Bool { targets != .hard || weightsByConfidence }

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
    /// Both side by side.
    case mixed
    /// The annotation, and what the best tagger so far says of the unlabeled notes: a round of self-training.
    case teacher
}

/// What silver windows should be tagged as.
public enum TrainTargets: String, Codable, CaseIterable, Sendable {
    /// The silver entities.
    case hard
    /// Each label as far as it is probable.
    case soft
    /// Any of the labels that are probable enough: a partially labeled CRF.
    case partial
}
