import Essentials
import Foundation
import Torch
import TorchNN

/// The training loop: it steps, clips, schedules, checkpoints and resumes, and knows nothing of the task.
///
/// Everything that changes the weights follows from the seed, the data and the progress, so a training that is killed
/// at any point and resumed from its checkpoint ends with the same weights, bit by bit, as an undisturbed one on the
/// same machine with the same number of threads.
///
/// Several processes share each step's batches, which they take in turn, and add up their gradients; the result is
/// that of one process with the same batches, but for the order in which gradients of more than two processes are
/// summed. The first process alone scores, keeps checkpoints and writes.
public final class Trainer {
    private let parameters: Parameters
    private let checkpoint: CheckpointFolder
    private let log: EventLog?
    private let quiet: Bool
    private let group: ProcessGroup?
    /// How far the training is.
    public private(set) var progress: TrainingProgress

    /// A trainer of `parameters` that keeps its checkpoints in `checkpoint`.
    ///
    /// - Parameter progress: where to start; what ``CheckpointFolder/progress()`` returned when resuming.
    public init(
        parameters: Parameters, checkpoint: CheckpointFolder, progress: TrainingProgress, log: EventLog? = nil,
        quiet: Bool = false, group: ProcessGroup? = nil
    ) {
        self.parameters = parameters
        self.checkpoint = checkpoint
        self.progress = progress
        self.log = log
        self.quiet = quiet
        self.group = group
    }

    /// Trains one stage to its end; a stage that the checkpoint has behind it is left as it is.
    ///
    /// - Parameters:
    ///   - number: the stage, counted from 0; stages are trained in order.
    ///   - optimizer: a fresh one; its state comes from the checkpoint when the stage is resumed.
    /// - Throws: `InterruptedError` after a checkpoint when the user asked to stop; what the task throws;
    ///   `ProcessGroupError`.
    public func train(
        stage number: Int, task: some TrainingTask, optimizer: AdamW, settings: TrainingSettings
    ) throws {
        guard progress.stage <= number else { return }
        precondition(
            settings.batchesPerStep % (group?.placement.worldSize ?? 1) == 0, "every process has as many batches")
        let average =
            settings.averageDecay > 0 ? WeightAverage(of: parameters, decay: settings.averageDecay) : nil
        try begin(stage: number, optimizer, average)
        let totalSteps = Self.totalSteps(task, settings)
        let schedule = LinearSchedule(
            warmupSteps: Int((settings.warmup * Double(totalSteps)).rounded()), totalSteps: totalSteps)
        let display = Progress(task.name, total: totalSteps, unit: "steps", quiet: quiet)
        display.resume(at: progress.stageStep)
        var isStopping = false
        var lastCheckpoint = Date()
        var clock = Date()

        func tick() {
            progress.seconds += Date().timeIntervalSince(clock)
            clock = Date()
        }

        func saveCheckpoint() throws {
            tick()
            if isLeader {
                try checkpoint.save(progress, parameters: parameters, average: average, optimizer: optimizer)
            }
            lastCheckpoint = Date()
            clock = Date()
        }

        // After the last step an epoch may still have to be scored, where the checkpoint was made in between.
        while progress.epoch < settings.epochs, progress.stageStep < totalSteps || progress.batch > 0 {
            task.begin(epoch: progress.epoch)
            let queue = queue(task, count: task.layOut(epoch: progress.epoch), settings)
            while progress.batch < queue.count, progress.stageStep < totalSteps {
                if isStopping || group == nil && Interruption.isRequested {
                    try saveCheckpoint()
                    throw InterruptedError()
                }
                let outcome = try accumulate(queue, task, settings)
                optimizer.step(
                    scale: schedule.factor(at: progress.stageStep), gradientShare: 1 / Double(outcome.batches),
                    maximumGradientNorm: settings.maximumGradientNorm)
                average?.add(step: progress.stageStep + 1)
                isStopping = outcome.isInterrupted
                advance(by: outcome, of: totalSteps)
                display.advance(by: 1, note: String(format: "loss %.4f", outcome.meanLoss))
                if Date().timeIntervalSince(lastCheckpoint) >= settings.checkpointSeconds { try saveCheckpoint() }
            }
            tick()
            func finish() throws -> Bool { try finishEpoch(task: task, patience: settings.patience) }
            let ends = try average.map { try $0.use(finish) } ?? finish()
            clock = Date()
            if ends { break }
        }
        tick()
        display.finish()
        progress.endStage(number)
    }

    /// Starts a stage, or goes on with it from the checkpoint.
    private func begin(stage number: Int, _ optimizer: AdamW, _ average: WeightAverage?) throws {
        try group?.broadcast(parameters.all.map(\.tensor))
        if progress.hasBegun {
            try checkpoint.restore(optimizer)
            if let average { try checkpoint.restore(average) }
            // The first process replaces what the others may still be reading.
            try group?.barrier()
        } else {
            progress.hasBegun = true
            // From here on this stage's models replace the best one that it started from, so a resumed run must not
            // start from that again.
            if number > 0, isLeader {
                try checkpoint.save(progress, parameters: parameters, average: average, optimizer: optimizer)
            }
        }
    }

    /// The steps of a stage.
    private static func totalSteps(_ task: some TrainingTask, _ settings: TrainingSettings) -> Int {
        let all = (0..<settings.epochs).reduce(0) { sum, epoch in
            sum + (task.layOut(epoch: epoch) + settings.batchesPerStep - 1) / settings.batchesPerStep
        }
        return min(all, settings.maximumSteps ?? .max)
    }

    private var isLeader: Bool { group.map { $0.placement.rank == 0 } ?? true }

    /// The epoch's batches that are this process's: every so-many-th of a step's.
    private func queue<Task: TrainingTask>(
        _ task: Task, count: Int, _ settings: TrainingSettings
    ) -> BatchQueue<Task> {
        let (size, rank, all) = (group?.placement.worldSize ?? 1, group?.placement.rank ?? 0, settings.batchesPerStep)
        return BatchQueue(task, count: count) { number in
            let next = number % all + size < all ? number + size : (number / all + 1) * all + rank
            return next < count ? next : nil
        }
    }

    /// What the batches of a step brought, all processes together.
    private struct StepOutcome {
        var loss = 0.0
        var pieces = 0
        var batches = 0
        var isInterrupted = false

        var meanLoss: Double { loss / Double(max(1, batches)) }
    }

    /// Adds up the gradients of this step's batches, over all processes.
    private func accumulate<Task: TrainingTask>(
        _ queue: BatchQueue<Task>, _ task: Task, _ settings: TrainingSettings
    ) throws -> StepOutcome {
        let end = min(progress.batch + settings.batchesPerStep, queue.count)
        var outcome = StepOutcome()
        for number in stride(
            from: progress.batch + (group?.placement.rank ?? 0), to: end, by: group?.placement.worldSize ?? 1)
        {
            let batch = try task.accumulate(queue.batch(number), mode: mode(ofBatch: number, settings))
            outcome.loss += batch.loss
            outcome.pieces += batch.pieces
        }
        outcome.batches = end - progress.batch
        guard let group else { return outcome }
        try group.sumGradients(of: parameters.trainable.map(\.tensor))
        // Who is asked to stop tells the others, so that all stop after the same step.
        let sums = try group.sum([outcome.loss, Double(outcome.pieces), Interruption.isRequested ? 1 : 0])
        outcome.loss = sums[0]
        outcome.pieces = Int(sums[1])
        outcome.isInterrupted = sums[2] > 0
        return outcome
    }

    /// Every batch has dropout masks of its own: they follow from a number that no two batches share.
    private func mode(ofBatch number: Int, _ settings: TrainingSettings) -> ForwardMode {
        let place = progress.step * settings.batchesPerStep + number - progress.batch
        return .training(
            seed: settings.seed, step: UInt32(truncatingIfNeeded: place),
            recomputesLayers: settings.recomputesLayers)
    }

    /// Writes down what a step brought.
    private func advance(by outcome: StepOutcome, of totalSteps: Int) {
        progress.batch += outcome.batches
        progress.step += 1
        progress.stageStep += 1
        progress.pieces += outcome.pieces
        progress.epochLoss += outcome.loss
        progress.curve.add(step: progress.step, loss: outcome.meanLoss, stride: max(1, totalSteps / 50))
    }

    /// Scores the epoch, keeps the model if it is the best, and says whether the stage ends early.
    private func finishEpoch(task: some TrainingTask, patience: Int) throws -> Bool {
        let validation = isLeader ? try task.validate() : nil
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
        let ends = patience > 0 && progress.epochsSinceBest >= patience
        guard let group else { return ends }
        // Also, the others wait here until the best model stands where they may read it.
        return try group.sum([isLeader && ends ? 1 : 0])[0] > 0
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
