import Essentials
import Foundation
import TorchNN

/// The folder from which a killed training continues: weights, their average, optimizer's state, progress.
///
/// It is replaced in one step, so that a kill or a full disk in the middle leaves the one before.
public struct CheckpointFolder: Sendable {
    /// The folder.
    public let path: String

    /// The checkpoint folder at `path`, which need not exist.
    public init(path: String) {
        self.path = path
    }

    /// Replaces the checkpoint.
    ///
    /// - Throws: `FileError.unwritable` when the disk is full; the old checkpoint then still stands.
    func save(
        _ progress: TrainingProgress, parameters: Parameters, average: WeightAverage? = nil, optimizer: AdamW
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try AtomicFile.replaceFolder(path) { folder in
            try SafetensorsWriter.write(parameters.all, to: "\(folder)/model.safetensors")
            if let average { try SafetensorsWriter.write(average.all, to: "\(folder)/average.safetensors") }
            try optimizer.save(to: "\(folder)/optimizer.safetensors")
            try AtomicFile.write(encoder.encode(progress), to: "\(folder)/progress.json")
        }
    }

    /// How far the checkpoint is, or nothing if there is none.
    ///
    /// - Throws: ``TrainingError/damagedProgress(path:)`` when the folder holds something else.
    public func progress() throws -> TrainingProgress? {
        AtomicFile.recoverFolder(path)
        let file = "\(path)/progress.json"
        guard let data = FileManager.default.contents(atPath: file) else { return nil }
        do {
            return try JSONDecoder().decode(TrainingProgress.self, from: data)
        } catch {
            throw TrainingError.damagedProgress(path: file)
        }
    }

    /// Puts the checkpoint's weights into `parameters`.
    public func restore(_ parameters: Parameters) throws {
        try parameters.load(from: SafetensorsFile(path: "\(path)/model.safetensors"))
    }

    /// Puts the checkpoint's averages into `average`.
    func restore(_ average: WeightAverage) throws {
        try average.restore(from: "\(path)/average.safetensors")
    }

    /// Puts the checkpoint's moments into `optimizer`.
    public func restore(_ optimizer: AdamW) throws {
        try optimizer.restore(from: "\(path)/optimizer.safetensors")
    }

    /// Removes the checkpoint: the training is finished.
    public func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
