import TorchNN

/// What a ``Trainer`` trains: it computes losses and gradients and scores the model; the trainer does the rest.
public protocol TrainingTask: AnyObject {
    /// What the model is shown at once.
    associatedtype Batch: Sendable

    /// What the stage is called in the log and in reports.
    var name: String { get }

    /// Lays out the batches of an epoch, a function of the epoch alone, and returns how many there are.
    func layOut(epoch: Int) -> Int

    /// Prepares the model for an epoch of training, such as what of it is trained.
    func begin(epoch: Int)

    /// Makes a batch of the epoch that was laid out last, on any thread, while the model is at work on another one.
    func preparation(ofBatch number: Int) -> @Sendable () -> Batch

    /// Adds a batch's gradients to the parameters.
    func accumulate(_ batch: Batch, mode: ForwardMode) throws -> BatchOutcome

    /// Scores the model after an epoch, or returns nothing if this stage is not scored.
    func validate() throws -> Validation?

    /// Keeps the model as the best one so far.
    func saveBest() throws
}

extension TrainingTask {
    /// Leaves the model as it is.
    public func begin(epoch: Int) {}
}

/// What a batch brought.
public struct BatchOutcome: Sendable {
    /// The batch's mean loss.
    public var loss: Double
    /// Pieces in the batch, `[CLS]` and `[SEP]` counted.
    public var pieces: Int

    /// Makes an outcome.
    public init(loss: Double, pieces: Int) {
        self.loss = loss
        self.pieces = pieces
    }
}

/// How good a model is.
public struct Validation: Sendable {
    /// The number to choose by: the larger the better.
    public var score: Double
    /// Everything that was measured, by name.
    public var scores: [String: Double]

    /// Makes a validation.
    public init(score: Double, scores: [String: Double]) {
        self.score = score
        self.scores = scores
    }
}
