import Essentials

/// The batches of an epoch, each made on another thread while the one before it is at work.
final class BatchQueue<Task: TrainingTask> {
    /// How many there are.
    let count: Int
    private let task: Task
    private var ahead: (number: Int, batch: Background<Task.Batch>)?

    /// The batches of the epoch that the task laid out last.
    init(_ task: Task, count: Int) {
        self.task = task
        self.count = count
    }

    /// A batch; the one after it is begun.
    func batch(_ number: Int) -> Task.Batch {
        let batch: Task.Batch
        if let ahead, ahead.number == number {
            batch = ahead.batch.value()
        } else {
            batch = task.preparation(ofBatch: number)()
        }
        ahead = number + 1 < count ? (number + 1, Background(task.preparation(ofBatch: number + 1))) : nil
        return batch
    }
}
