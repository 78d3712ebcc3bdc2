/// How a stage is trained, whatever it trains.
public struct TrainingSettings: Sendable {
    /// The most epochs.
    public var epochs: Int
    /// The most steps, or nothing for as many as the epochs have.
    public var maximumSteps: Int?
    /// How many batches' gradients a step takes the mean of.
    public var batchesPerStep: Int
    /// The decay of the moving average of the weights by which the model is judged and kept; 0 for the weights themselves.
    public var averageDecay: Double
    /// Whether the encoder's layers are computed again in the backward pass instead of being kept in memory.
    public var recomputesLayers: Bool
    /// The share of steps over which the learning rate rises.
    public var warmup: Double
    /// The largest norm of the gradient.
    public var maximumGradientNorm: Double
    /// Epochs without a better score after which the stage ends; 0 never ends it early.
    public var patience: Int
    /// The longest time between two checkpoints, in seconds.
    public var checkpointSeconds: Double
    /// The run's seed, which dropout masks follow from.
    public var seed: UInt64

    /// Makes the settings of a stage.
    public init(
        epochs: Int, maximumSteps: Int? = nil, batchesPerStep: Int = 1, averageDecay: Double = 0,
        recomputesLayers: Bool = false, warmup: Double,
        maximumGradientNorm: Double, patience: Int = 0, checkpointSeconds: Double, seed: UInt64
    ) {
        self.epochs = epochs
        self.maximumSteps = maximumSteps
        self.batchesPerStep = batchesPerStep
        self.averageDecay = averageDecay
        self.recomputesLayers = recomputesLayers
        self.warmup = warmup
        self.maximumGradientNorm = maximumGradientNorm
        self.patience = patience
        self.checkpointSeconds = checkpointSeconds
        self.seed = seed
    }
}
