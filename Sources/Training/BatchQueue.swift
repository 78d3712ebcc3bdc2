import Essentials

/// The batches of an epoch that this process works on, each made on another thread while the one before is at work.
final class BatchQueue<Task: TrainingTask> {
    /// How many there are.
    let count: Int
    private let task: Task
    private let next: (Int) -> Int?
    private var ahead: (number: Int, batch: Background<Task.Batch>)?

    /// The batches of the epoch that the task laid out last; `next` tells which one follows another.
    init(_ task: Task, count: Int, next: @escaping (Int) -> Int?) {
        self.task = task
        self.count = count
        self.next = next
    }

    /// A batch; the one after it is begun.
    func batch(_ number: Int) -> Task.Batch {
        let batch: Task.Batch
        if let ahead, ahead.number == number {
            batch = ahead.batch.value()
        } else {
            batch = task.preparation(ofBatch: number)()
        }
        ahead = next(number).map { ($0, Background(task.preparation(ofBatch: $0))) }
        return batch
    }
}
