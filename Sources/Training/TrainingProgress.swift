/// How far a training is: what a checkpoint keeps beside the weights and the optimizer's state.
public struct TrainingProgress: Codable, Sendable, Equatable {
    /// The stage under way, counted from 0.
    public var stage = 0
    /// Whether the stage under way has begun, so that the checkpoint's weights are its own.
    public var hasBegun = false
    /// The epoch of the stage under way, counted from 0.
    public var epoch = 0
    /// Batches of this epoch that are done.
    public var batch = 0
    /// Optimizer steps of all stages; the dropout masks of a step follow from it and the seed.
    public var step = 0
    /// Optimizer steps of this stage, where the schedule stands.
    public var stageStep = 0
    /// The sum of the losses of this epoch's batches.
    public var epochLoss = 0.0
    /// Pieces seen in all stages.
    public var pieces = 0
    /// Seconds of training in all runs, validation and checkpoints not counted.
    public var seconds = 0.0
    /// The best score on dev so far, if any epoch was scored.
    public var bestScore: Double?
    /// Epochs of this stage since the best score.
    public var epochsSinceBest = 0
    /// One record an epoch.
    public var history: [EpochRecord] = []
    /// The loss over the steps of all stages.
    public var curve = LossCurve()
    /// The kernel that products run through, chosen by measurement at the start and kept on resume.
    public var productPath = ""

    /// The start of a training.
    public init() {}

    /// Sets everything that belongs to one stage back for the next one.
    mutating func endStage(_ number: Int) {
        stage = number + 1
        hasBegun = false
        epoch = 0
        batch = 0
        stageStep = 0
        epochsSinceBest = 0
    }
}

/// What an epoch brought.
public struct EpochRecord: Codable, Sendable, Equatable {
    /// What the stage is called (`silver`, `gold`, `masked LM`).
    public var stage: String
    /// Counted from 1 within the stage.
    public var epoch: Int
    /// The mean loss of the epoch's batches.
    public var loss: Double
    /// What the validation measured, by name (`precision`, `recall`, `f1`, `perplexity`).
    public var scores: [String: Double]
    /// Whether this epoch's model is the best so far.
    public var isBest: Bool

    /// Makes the record of an epoch.
    public init(stage: String, epoch: Int, loss: Double, scores: [String: Double], isBest: Bool) {
        self.stage = stage
        self.epoch = epoch
        self.loss = loss
        self.scores = scores
        self.isBest = isBest
    }
}
