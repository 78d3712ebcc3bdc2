import Essentials
import Foundation
import TorchNN

/// The training loop: it steps, clips, schedules, checkpoints and resumes, and knows nothing of the task.
///
/// Everything that changes the weights follows from the seed, the data and the progress, so a training that is killed
/// at any point and resumed from its checkpoint ends with the same weights, bit by bit, as an undisturbed one on the
/// same machine with the same number of threads.
public final class Trainer {
    private let parameters: Parameters
    private let checkpoint: CheckpointFolder
    private let log: EventLog?
    private let quiet: Bool
    /// How far the training is.
    public private(set) var progress: TrainingProgress

    /// A trainer of `parameters` that keeps its checkpoints in `checkpoint`.
    ///
    /// - Parameter progress: where to start; what ``CheckpointFolder/progress()`` returned when resuming.
    public init(
        parameters: Parameters, checkpoint: CheckpointFolder, progress: TrainingProgress, log: EventLog? = nil,
        quiet: Bool = false
    ) {
        self.parameters = parameters
        self.checkpoint = checkpoint
        self.progress = progress
        self.log = log
        self.quiet = quiet
    }

    /// Trains one stage to its end; a stage that the checkpoint has behind it is left as it is.
    ///
    /// - Parameters:
    ///   - number: the stage, counted from 0; stages are trained in order.
    ///   - optimizer: a fresh one; its state comes from the checkpoint when the stage is resumed.
    /// - Throws: `InterruptedError` after a checkpoint when the user asked to stop; what the task throws.
    public func train(
        stage number: Int, task: some TrainingTask, optimizer: AdamW, settings: TrainingSettings
    ) throws {
        guard progress.stage <= number else { return }
        if progress.hasBegun {
            try checkpoint.restore(optimizer)
        } else {
            progress.hasBegun = true
            // From here on this stage's models replace the best one that it started from, so a resumed run must not
            // start from that again.
            if number > 0 { try checkpoint.save(progress, parameters: parameters, optimizer: optimizer) }
        }
        let totalSteps = min(
            (0..<settings.epochs).reduce(0) { $0 + Self.steps(task.layOut(epoch: $1), settings) },
            settings.maximumSteps ?? .max)
        let schedule = LinearSchedule(
            warmupSteps: Int((settings.warmup * Double(totalSteps)).rounded()), totalSteps: totalSteps)
        let display = Progress(task.name, total: totalSteps, unit: "steps", quiet: quiet)
        display.resume(at: progress.stageStep)
        var lastCheckpoint = Date()
        var clock = Date()

        func tick() {
            progress.seconds += Date().timeIntervalSince(clock)
            clock = Date()
        }

        func saveCheckpoint() throws {
            tick()
            try checkpoint.save(progress, parameters: parameters, optimizer: optimizer)
            lastCheckpoint = Date()
            clock = Date()
        }

        // After the last step an epoch may still have to be scored, where the checkpoint was made in between.
        while progress.epoch < settings.epochs, progress.stageStep < totalSteps || progress.batch > 0 {
            let queue = BatchQueue(task, count: task.layOut(epoch: progress.epoch))
            while progress.batch < queue.count, progress.stageStep < totalSteps {
                if Interruption.isRequested {
                    try saveCheckpoint()
                    throw InterruptedError()
                }
                let end = min(progress.batch + settings.batchesPerStep, queue.count)
                let outcomes = try (progress.batch..<end).map { number in
                    try task.accumulate(queue.batch(number), mode: mode(ofBatch: number, settings))
                }
                optimizer.step(
                    scale: schedule.factor(at: progress.stageStep), gradientShare: 1 / Double(outcomes.count),
                    maximumGradientNorm: settings.maximumGradientNorm)
                let loss = outcomes.reduce(0) { $0 + $1.loss } / Double(outcomes.count)
                advance(by: outcomes, loss: loss, of: totalSteps)
                display.advance(by: 1, note: String(format: "loss %.4f", loss))
                if Date().timeIntervalSince(lastCheckpoint) >= settings.checkpointSeconds { try saveCheckpoint() }
            }
            tick()
            let ends = try finishEpoch(task: task, patience: settings.patience)
            clock = Date()
            if ends { break }
        }
        tick()
        display.finish()
        progress.stage = number + 1
        progress.hasBegun = false
        progress.epoch = 0
        progress.batch = 0
        progress.stageStep = 0
        progress.epochsSinceBest = 0
    }

    /// The steps of an epoch of so many batches.
    private static func steps(_ batches: Int, _ settings: TrainingSettings) -> Int {
        (batches + settings.batchesPerStep - 1) / settings.batchesPerStep
    }

    /// Every batch has dropout masks of its own: they follow from a number that no two batches share.
    private func mode(ofBatch number: Int, _ settings: TrainingSettings) -> ForwardMode {
        let place = progress.step * settings.batchesPerStep + number - progress.batch
        return .training(seed: settings.seed, step: UInt32(truncatingIfNeeded: place))
    }

    /// Writes down what a step brought.
    private func advance(by outcomes: [BatchOutcome], loss: Double, of totalSteps: Int) {
        progress.batch += outcomes.count
        progress.step += 1
        progress.stageStep += 1
        progress.pieces += outcomes.reduce(0) { $0 + $1.pieces }
        progress.epochLoss += outcomes.reduce(0) { $0 + $1.loss }
        progress.curve.add(step: progress.step, loss: loss, stride: max(1, totalSteps / 50))
    }

    /// Scores the epoch, keeps the model if it is the best, and says whether the stage ends early.
    private func finishEpoch(task: some TrainingTask, patience: Int) throws -> Bool {
        let validation = try task.validate()
        var isBest = false
        if let validation {
            isBest = progress.bestScore.map { validation.score > $0 } ?? true
            progress.epochsSinceBest = isBest ? 0 : progress.epochsSinceBest + 1
            if isBest {
                progress.bestScore = validation.score
                try task.saveBest()
            }
        }
        let record = EpochRecord(
            stage: task.name, epoch: progress.epoch + 1, loss: progress.epochLoss / Double(max(1, progress.batch)),
            scores: validation?.scores ?? [:], isBest: isBest)
        progress.history.append(record)
        progress.epoch += 1
        progress.batch = 0
        progress.epochLoss = 0
        try log?.append(EpochEvent(record: record, progress: progress))
        return patience > 0 && progress.epochsSinceBest >= patience
    }
}

/// An epoch's line in the log.
private struct EpochEvent: Encodable {
    var event = "epoch"
    var stage: String
    var epoch: Int
    var step: Int
    var loss: Double
    var scores: [String: Double]
    var isBest: Bool
    var pieces: Int
    var seconds: Double

    init(record: EpochRecord, progress: TrainingProgress) {
        stage = record.stage
        epoch = record.epoch
        step = progress.step
        loss = record.loss
        scores = record.scores
        isBest = record.isBest
        pieces = progress.pieces
        seconds = progress.seconds
    }
}
