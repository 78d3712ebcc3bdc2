import Torch

/// Domain-adaptive masked-LM pretraining of the encoder on the unlabeled notes.
public struct PretrainConfiguration: ConfigurationSection {
    /// Whether `adapt` runs this step; without it the tagger starts from the encoder as it is.
    public var enabled = true
    /// Times every window is seen.
    public var epochs = 10
    /// Steps that train the masked-LM head alone, with the encoder frozen, where the checkpoint brings no head.
    public var headWarmupSteps = 100
    /// The peak learning rate of the head warm-up.
    public var headLearningRate = 1e-3
    /// The peak learning rate.
    public var learningRate = 1e-4
    /// AdamW's decoupled weight decay (not on biases and layer norms).
    public var weightDecay = 0.01
    /// The share of steps over which the learning rate rises.
    public var warmup = 0.06
    /// The precision of the encoder's products; weights and optimizer stay float32.
    public var precision = Precision.float32
    /// The most pieces in a batch.
    public var batchPieces = 2048
    /// The share of words that are masked.
    public var maskedShare = 0.15
    /// The share of notes held out to measure perplexity.
    public var heldOutShare = 0.1
    /// The largest norm of the gradient.
    public var maxGradientNorm = 1.0
    /// The longest time between two checkpoints, in seconds.
    public var checkpointSeconds = 120.0

    /// The default settings.
    public init() {}
}
