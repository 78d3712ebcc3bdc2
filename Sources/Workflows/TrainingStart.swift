import Essentials
import Torch
import TorchNN
import Training

extension Run {
    /// Sets threads, precision and kernel of products, and puts a checkpoint's weights into `parameters` when resuming.
    ///
    /// Kernels differ in the last bits, so a resumed training keeps the one that its first run chose.
    func startTraining(
        from checkpoint: CheckpointFolder, parameters: Parameters, precision: Precision
    ) throws -> TrainingProgress {
        setThreads(threads)
        productPrecision = precision
        if options.resume, let progress = try checkpoint.progress() {
            productPath = ProductPath(rawValue: progress.productPath) ?? .aten
            try checkpoint.restore(parameters)
            say("resuming after \(progress.step) steps")
            return progress
        }
        checkpoint.remove()
        var progress = TrainingProgress()
        progress.productPath = chooseProductPath().rawValue
        return progress
    }
}
