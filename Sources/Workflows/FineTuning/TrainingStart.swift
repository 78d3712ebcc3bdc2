import Essentials
import Torch
import TorchNN
import Training

extension Run {
    /// Sets threads, precision and kernel of products, and puts a checkpoint's weights into `parameters` when resuming.
    ///
    /// Kernels differ in the last bits, so a resumed training keeps the one that its first run chose.
    func startTraining(
        from checkpoint: CheckpointFolder, parameters: Parameters, precision: Precision, group: ProcessGroup?
    ) throws -> TrainingProgress {
        setThreads(threads)
        productPrecision = precision
        let resumed = options.resume ? try checkpoint.progress() : nil
        if resumed != nil { try checkpoint.restore(parameters) }
        // The first process replaces what the others may still be reading.
        try group?.barrier()
        if let progress = resumed {
            productPath = ProductPath(rawValue: progress.productPath) ?? .aten
            say("resuming after \(progress.step) steps")
            return progress
        }
        if isLeader { checkpoint.remove() }
        var progress = TrainingProgress()
        // A GPU's products come from one library, whatever the processor's path.
        progress.productPath = (computeDevice == .cpu ? chooseProductPath() : productPath).rawValue
        return progress
    }
}
