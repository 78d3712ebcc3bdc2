import Torch
import Training

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
    /// How many batches' gradients a step takes the mean of.
    public var batchesPerStep = 1
    /// Whether the encoder's layers are computed again in the backward pass: less memory, more time.
    public var recomputesLayers = false
    /// The share of words that are masked.
    public var maskedShare = 0.15
    /// By what units: words, spans of words, silver entities, as weights against each other.
    public var masking = MaskingMixture()
    /// Whether text that stands in several notes is seen less often: one over the number of the notes.
    public var downweightsRepeats = true
    /// How many of the words that cost the most pieces become pieces of the vocabulary.
    public var newPieces = 0
    /// In how many notes a word has to stand to become a piece.
    public var newPieceNotes = 5
    /// The share of notes held out to measure perplexity.
    public var heldOutShare = 0.1
    /// Notes that are not trained on but measured after each epoch: of other kinds, to see what is forgotten.
    public var monitored: [NoteSource] = []
    /// Whether a linear head on the encoder as it is finds the dev notes' entities after each epoch.
    public var probe = false
    /// Epochs without a better probe (without one: perplexity) after which the adaptation ends and the best encoder is
    /// kept; 0 never ends it early and keeps the last one.
    public var patience = 0
    /// The largest norm of the gradient.
    public var maxGradientNorm = 1.0
    /// The longest time between two checkpoints, in seconds.
    public var checkpointSeconds = 120.0

    /// The default settings.
    public init() {}

    /// The first value out of its range.
    public var wrongValue: WrongValue? {
        WrongValue.first(
            ("epochs", epochs >= 0, "0 or more"), ("headWarmupSteps", headWarmupSteps >= 0, "0 or more"),
            ("headLearningRate", headLearningRate > 0, "more than 0"),
            ("learningRate", learningRate > 0, "more than 0"), ("weightDecay", weightDecay >= 0, "0 or more"),
            ("warmup", (0...1).contains(warmup), "between 0 and 1"), ("batchPieces", batchPieces >= 3, "3 or more"),
            ("batchesPerStep", batchesPerStep >= 1, "1 or more"),
            ("maskedShare", maskedShare > 0 && maskedShare <= 1, "more than 0 and at most 1"),
            ("masking.words", masking.words >= 0, "0 or more"), ("masking.spans", masking.spans >= 0, "0 or more"),
            ("masking.entities", masking.entities >= 0, "0 or more"),
            (
                "masking", masking.words + masking.spans + masking.entities > 0,
                "weights of which one at least is more than 0"
            ),
            ("newPieces", newPieces >= 0, "0 or more"), ("newPieceNotes", newPieceNotes >= 1, "1 or more"),
            ("heldOutShare", (0..<1).contains(heldOutShare), "at least 0 and less than 1"),
            ("patience", patience >= 0, "0 or more"), ("maxGradientNorm", maxGradientNorm > 0, "more than 0"),
            ("checkpointSeconds", checkpointSeconds >= 0, "0 or more"))
    }
}

extension MaskingMixture: ConfigurationSection {}
